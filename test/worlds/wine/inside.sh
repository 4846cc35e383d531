#!/bin/bash
# Is the first process in the namespaces that run.sh makes: lays out the world's file system, runs node.exe in it, and passes on its exit code.
set -euo pipefail
source "$(dirname "$0")/common.sh"
namespaces=$1
shift
trap 'exit 143' TERM # and the kernel ends all the others with the first process
trap 'exit 130' INT  # until there is a program to pass it on to

# Lays a folder out at a place, with what is written there kept in memory, for this run alone: runs cannot disturb each other.
layer() {
  local folder=$1 place=$2 name=${1##*/}
  mkdir -p "$place" "$cache/world/$name"/{written,work} &&
    mount -t overlay -o "lowerdir=$folder,upperdir=$cache/world/$name/written,workdir=$cache/world/$name/work" overlay "$place" ||
    fail "cannot mount $folder"
}

# All of these mounts are in this mount namespace only, and go with it.
place=$cache/world/here
mount -t tmpfs tmpfs "$cache/world" || fail "cannot mount a tmpfs"
layer "$root" "$place"
mount --bind "$node" "$place/windows" || fail "cannot mount $node"
mount --bind "$project" "$place/project" || fail "cannot mount $project"
layer "$modules/node_modules" "$place/project/node_modules"
mount --rbind /dev "$place/dev" || fail "cannot mount /dev"
mount -t proc proc "$place/proc" || fail "cannot mount /proc"
mount -t tmpfs tmpfs "$place/tmp" || fail "cannot mount /tmp"
if [[ $namespaces == *--net* ]]; then
  ip link set lo up || fail "cannot bring loopback up"
fi

for name in CI NO_COLOR FORCE_COLOR "${!TEST_@}"; do
  [[ -v $name ]] && wine_environment+=("$name=${!name}")
done

# bash stays the first process, to collect the ones whose parents have ended.
chroot "$place" env -i --default-signal=INT -C /project "${wine_environment[@]}" /usr/lib/wine/wine64 /windows/node.exe "$@" <&0 &
program=$!
trap 'interrupted=yes; kill -INT "$program" || true' INT
while interrupted='' code=0; wait "$program" || code=$?; [[ $interrupted ]]; do :; done
exit "$code"
