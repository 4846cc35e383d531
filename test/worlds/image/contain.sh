#!/usr/bin/env bash
# Runs a command of an image as a container runtime does, in this process's network and among its processes: contain.sh FOLDER USER GROUP CAPABILITIES COMMAND…
# FOLDER has the image's files, and cannot be written to inside. CAPABILITIES, with commas, may be empty: the bounding set, from which the kernel gives to root at execve, and to nobody else (capabilities(7)). No privileges are gained (no_new_privs).
# Needs root, unshare (util-linux), capsh (libcap2-bin).
set -euo pipefail

if [[ $1 != inside ]]; then
  exec unshare --mount --propagation private "$0" inside "$@"
fi
root=$2 user=$3 group=$4 capabilities=$5
shift 5

mount --bind "$root" "$root"
mount -t proc proc "$root/proc"
mount --bind "$root/proc/sys" "$root/proc/sys"
mount -o remount,bind,ro "$root/proc/sys"
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
for device in null zero full random urandom tty; do
  touch "$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
mount -o remount,bind,ro "$root"

dropped=()
for ((capability = 0; capability <= $(</proc/sys/kernel/cap_last_cap); capability++)); do
  name=$(capsh --decode="$(printf %x $((1 << capability)))")
  [[ ,$capabilities, == *,${name#*=},* ]] || dropped+=("${name#*=}")
done
exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt \
  capsh --chroot="$root" --drop="$(IFS=, && echo "${dropped[*]}")" --gid="$group" --groups= --uid="$user" --no-new-privs --shell="$1" -- "${@:2}"
