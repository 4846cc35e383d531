#!/usr/bin/env bash
# Runs a command in a root as chroot does, with no service manager and no network: in-chroot.sh ROOT FOLDER COMMAND…
# /srv has what is in FOLDER. Nothing that is written inside comes out. Needs root, overlayfs (kernel) and unshare (util-linux).
set -euo pipefail
if [[ ${inside-} != yes ]]; then
  exec env inside=yes unshare --mount --pid --net --fork --kill-child "$0" "$@"
fi
lower=$1 folder=$2
shift 2
# Only this script's own namespace sees it.
work=/mnt
mount -t tmpfs tmpfs "$work"
mkdir "$work"/{written,work,root}
mount -t overlay overlay -o "lowerdir=$lower,upperdir=$work/written,workdir=$work/work" "$work/root"
mount --bind -o ro "$folder" "$work/root/srv"
mount -t proc proc "$work/root/proc"
for device in null zero full random urandom; do
  touch "$work/root/dev/$device"
  mount --bind "/dev/$device" "$work/root/dev/$device"
done
exec chroot "$work/root" env -i PATH=/usr/sbin:/usr/bin DEBIAN_FRONTEND=noninteractive "$@"
