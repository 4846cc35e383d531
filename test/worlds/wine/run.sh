#!/bin/bash
# Runs the Windows node.exe with the given arguments under Wine: run.sh [--current-network] ARGUMENT…
#
# The project is Z:\project there, and the current folder, with the Windows node_modules. The network is a new one with
# nothing but loopback; --current-network stays in the caller's. Of the environment, CI, NO_COLOR, FORCE_COLOR and TEST_*
# are passed on. What node.exe writes comes out as it is written, and its exit code is passed on (its low 8 bits, as Linux
# has no more). SIGINT is Ctrl-C to node.exe; SIGTERM and SIGHUP end it and all it started at once, as does its own end.
# What it changes outside the project is forgotten: each run has the prefix and the node_modules as setup.sh made them.
set -euo pipefail
source "$(dirname "$0")/common.sh"

namespaces=(--mount --pid --net)
if [[ ${1-} == --current-network ]]; then
  namespaces=(--mount --pid)
  shift
fi
[[ $EUID == 0 ]] || fail "run.sh must run as root"
is_made || fail "not all of $cache is there; make it with test/worlds/wine/setup.sh"

# node.exe can neither read nor write a Linux pipe (open EBADF). So its input is a file or nothing,
# and its output goes to files, which are read while they grow. They are deleted at once, and
# live on as open files: no way of ending leaves them behind.
[[ -f /dev/stdin ]] || exec </dev/null
files=$(mktemp -d) || fail "cannot make a temporary folder"
exec 3>"$files/out" 4>"$files/err" 5<"$files/out" 6<"$files/err"
rm -r "$files"

# When this script dies, however it does, the kernel ends these too, and with unshare the whole pid namespace.
with_us=(setpriv --pdeathsig KILL)
# setsid: Ctrl-C on a terminal would else reach node.exe twice, by itself and passed on from here.
# --default-signal: bash has a command in the background ignore SIGINT, for good.
"${with_us[@]}" setsid env --default-signal=INT unshare "${namespaces[@]}" --fork --kill-child \
  bash "$here/inside.sh" "${namespaces[*]}" "$@" <&0 >&3 2>&4 3>&- 4>&- 5<&- 6<&- &
world=$!
"${with_us[@]}" tail -c +1 -f -s 0.05 --pid="$world" <&5 &
"${with_us[@]}" tail -c +1 -f -s 0.05 --pid="$world" <&6 >&2 &

# unshare itself takes no signal, so they go to its child, the first process of the namespace, or end it before it has one.
# SIGTERM goes there until it is gone: a first process hears nothing before it has set its traps.
first() { echo $(<"/proc/$world/task/$world/children"); }
pass_on() {
  interrupted=yes
  kill "-$1" $(first) || kill -KILL "$world" || true
  while [[ $1 == TERM ]] && sleep 0.1 && kill -TERM $(first); do :; done
} 2>/dev/null
trap 'pass_on INT' INT
trap 'pass_on TERM' TERM HUP

# A signal ends `wait` early: wait again, for the world's own exit code.
while interrupted='' code=0; wait "$world" 2>/dev/null || code=$?; [[ $interrupted ]]; do :; done
wait # for the last of the output
exit "$code"
