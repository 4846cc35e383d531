#!/usr/bin/env bash
# Boots systemd as process 1 of namespaces of its own, over the files of this host or of another root: boot.sh FOLDER [ROOT]
# FOLDER/files lies over those files, links in it followed, and nothing that is written inside comes out. /etc/systemd/system has FOLDER/units; of this host's files no other unit counts, so that none of its own is started.
# Writes the id of its process 1 to FOLDER/process-1, for nsenter, and ends it when it is told to end. Needs root, overlayfs and cgroup2 (kernel), unshare and setpriv (util-linux).
set -euo pipefail
folder=$1
lower=${2:-/}

if [[ ${3-} != inside ]]; then
  # A cgroup of its own, which becomes the root of those inside.
  cgroups=$folder/cgroups
  mkdir "$cgroups"
  mount -t cgroup2 cgroup2 "$cgroups"
  own=$cgroups/netstat-exporter-test-$$
  mkdir "$own"
  # shellcheck disable=SC2016
  bash -c 'echo $$ >"$1/cgroup.procs"; shift; exec "$@"' bash "$own" \
    unshare --pid --fork --kill-child=KILL --mount --uts --ipc --cgroup "$0" "$folder" "$lower" inside &
  machine=$!
  trap 'kill -KILL $(</proc/$machine/task/$machine/children)' TERM
  # The trap interrupts the first.
  wait "$machine" || wait "$machine" || true
  find "$own" -depth -type d -exec rmdir {} +
  umount "$cgroups"
  exit
fi

# /proc is still the host's, and so is the number in it.
read -r process_1 _ </proc/self/stat
echo "$process_1" >"$folder/process-1"

layers=$folder/layers
root=$folder/root
mkdir "$layers" "$root"
mount -t tmpfs tmpfs "$layers"
mkdir "$layers/work"
cp -RL "$folder/files" "$layers/written"
mount -t overlay overlay -o "lowerdir=$lower,upperdir=$layers/written,workdir=$layers/work" "$root"
mount -t proc proc "$root/proc"
# The kernel's settings are the host's.
mount --bind -o ro "$root/proc/sys" "$root/proc/sys"
mount -t sysfs -o ro sysfs "$root/sys"
mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
for folder_in_memory in dev run tmp; do
  mount -t tmpfs -o mode=755 tmpfs "$root/$folder_in_memory"
done
chmod 1777 "$root/tmp"
for device in null zero full random urandom tty; do
  touch "$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
mkdir "$root/dev/pts" "$root/dev/shm"
mount -t devpts -o newinstance,ptmxmode=666 devpts "$root/dev/pts"
ln -s pts/ptmx "$root/dev/ptmx"
ln -s /proc/self/fd "$root/dev/fd"
unit_path=()
if [[ $lower == / ]]; then
  mount -t tmpfs -o mode=755 tmpfs "$root/etc/systemd/system"
  unit_path=(SYSTEMD_UNIT_PATH=/etc/systemd/system)
fi
cp -R "$folder/units/." "$root/etc/systemd/system"
cd "$root"
pivot_root . .
umount --lazy .
# As systemd-nspawn does it: nothing that acts on the whole host.
exec setpriv --bounding-set=-sys_module,-sys_time,-sys_rawio,-syslog,-audit_control,-audit_read \
  env -i container=test PATH=/usr/sbin:/usr/bin "${unit_path[@]}" SYSTEMD_GENERATOR_PATH= \
  /lib/systemd/systemd --log-target=journal
