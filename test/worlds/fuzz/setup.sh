#!/bin/bash
# Makes what `npm run fuzz` runs in, in a cache folder, where it is missing: setup.sh [--paths]
#
#   libraries  the C and C++ libraries of Debian trixie, which the Node of this project runs with there. Needs apt-get
#   jazzer     Jazzer.js, as jazzer/package-lock.json says
#
# Nothing is installed on this machine, and no root is needed. With --paths nothing is made: what is there is printed, NAME=PATH.
set -euo pipefail
world_name=fuzz
source "$(dirname "$0")/../making.sh"

here=$(cd "$(dirname "$0")" && pwd)
cache=$caches/fuzz
# Each part is a folder that has this name only when it is whole. Raise a number when this script makes its part in another way.
libraries=$cache/libraries-1
jazzer=$cache/jazzer-1-$(sha256sum <"$here/jazzer/package-lock.json" | cut -c 1-16)

if [[ ${1-} == --paths ]]; then
  for part in libraries jazzer; do
    [[ -d ${!part} ]] && echo "$part=${!part}"
  done
  echo "corpora=$cache/corpora"
  exit 0
fi

make_libraries() {
  local new=$1 work=$1/work
  fetch_trixie "$work" libc6 libgcc-s1 libstdc++6 libatomic1
  mv "$work"/*/usr/lib/*-linux-gnu/*.so.* "$new"
  rm -r "$work"
}

make_jazzer() {
  cp "$here"/jazzer/{package,package-lock}.json "$1"
  step "fetch Jazzer.js" npm ci --prefix "$1" --ignore-scripts --no-fund --no-audit
}

command -v apt-get >/dev/null || fail "the libraries are taken from Debian, with apt-get"
lock
make "$libraries" make_libraries
make "$jazzer" make_jazzer
forget_others "$jazzer" jazzer-
echo "fuzz: ready in $cache"
