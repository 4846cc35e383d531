#!/bin/bash
# Makes the real receivers that `npm run test:peers` sends to, in a cache folder, where they are missing: setup.sh [--paths | --bench]
#
#   trixie     VictoriaMetrics and Prometheus of Debian trixie; they run on bookworm, too. Needs apt-get
#   collector  the OpenTelemetry Collector, built as collector.yaml says from Go's module proxy. Needs Go
#   compose    the program of compose-go, the library that docker compose reads its files with: it says what is wrong with one. Needs Go
#   toolkit    Prometheus' exporter-toolkit as toolkit/main.go runs it: it judges web configurations, and serves with them. Needs Go
#
# With --bench also what no test needs, but `npm run bench` measures beside this program:
#
#   node-exporter     node_exporter of Debian trixie, as it is for Linux. Needs apt-get
#   windows-exporter  windows_exporter, built for Windows as windows-exporter/go.mod says. Needs Go
#
# Beside each program is a file with its version. What the machine lacks the means for is left out, and said. With --paths nothing is made: what is there is printed, NAME=PATH.
set -euo pipefail
world_name=peers
source "$(dirname "$0")/../making.sh"

here=$(cd "$(dirname "$0")" && pwd)
manifest=$here/collector.yaml
cache=$caches/peers
# Each part is a folder that has this name only when it is whole. Raise a number when this script makes its part in another way.
trixie=$cache/trixie-1
collector=$cache/collector-1-$(sha256sum <"$manifest" | cut -c 1-16)
compose_version=2.16.2
compose=$cache/compose-1-$compose_version
toolkit=$cache/toolkit-1-$(cat "$here"/toolkit/{go.mod,go.sum,main.go} | sha256sum | cut -c 1-16)
node_exporter=$cache/node-exporter-1
windows_exporter=$cache/windows-exporter-1-$(cat "$here"/windows-exporter/{go.mod,go.sum} | sha256sum | cut -c 1-16)

if [[ ${1-} == --paths ]]; then
  for program in "$trixie"/{victoria-metrics,prometheus} "$collector/collector" "$compose/compose" "$toolkit/toolkit" \
    "$node_exporter/node_exporter" "$windows_exporter/windows_exporter.exe"; do
    [[ -x $program ]] && echo "${program##*/}=$program"
  done
  exit 0
fi

make_trixie() {
  make_programs "$1" victoria-metrics prometheus
}

make_node_exporter() {
  make_programs "$1" prometheus-node-exporter
  # By the name that everybody knows it by.
  mv "$1/prometheus-node-exporter" "$1/node_exporter"
  mv "$1/prometheus-node-exporter.version" "$1/node_exporter.version"
}

# The programs of these packages of Debian trixie: make_programs FOLDER PACKAGE…
make_programs() {
  local new=$1 work=$1/work name
  shift
  fetch_trixie "$work" "$@"
  for name; do
    mv "$work/$name/usr/bin/$name" "$new"
    # The binaries of Debian do not all know their own.
    dpkg-deb --field "$work/$name"_*.deb Version >"$new/$name.version"
  done
  rm -r "$work"
}

# Sets `go`, which runs a program in this folder with caches of Go there, which go with it: the Collector's take 3 GB.
# Without -modcacherw they could not be removed.
go_in() {
  go=(env -C "$1" GOTOOLCHAIN=local CGO_ENABLED=0 "GOFLAGS=$(go env GOFLAGS) -modcacherw"
    "GOCACHE=$1/build-cache" "GOMODCACHE=$1/modules" "GOTMPDIR=$1" "GOBIN=$1" nice -n 10)
}

# The builder writes the source, and not go.mod: its `go mod tidy` wants all that the modules' own tests import, too,
# which is much more, and not all of it can be had.
make_collector() {
  local new=$1 work=$1/work version modules
  version=v$(sed -nE 's/^  version: //p' "$manifest")
  mapfile -t modules < <(sed -nE 's/^ +- gomod: (\S+) (\S+)$/\1@\2/p' "$manifest")
  mkdir "$work"
  local go
  go_in "$work"
  step "build the Collector's builder" "${go[@]}" go install "go.opentelemetry.io/collector/cmd/builder@$version"
  step "write the Collector's source" "${go[@]}" ./builder --config="$manifest" --skip-get-modules --skip-compilation
  step "begin the Collector's module" "${go[@]}" go -C source mod init collector
  step "fetch the Collector's modules" "${go[@]}" go -C source get "go.opentelemetry.io/collector/otelcol@$version" "${modules[@]}"
  step "build the Collector" "${go[@]}" go -C source build -mod=mod -trimpath -ldflags='-s -w' -o "$new/collector" .
  echo "${version#v}" >"$new/collector.version"
  rm -r "$work"
}

make_compose() {
  local new=$1 work=$1/work go
  mkdir "$work"
  go_in "$work"
  step "build compose-go" "${go[@]}" go install -trimpath "github.com/compose-spec/compose-go/v2/cmd@v$compose_version"
  mv "$work/cmd" "$new/compose"
  echo "$compose_version" >"$new/compose.version"
  rm -r "$work"
}

# go.sum has the digest of every module, so that what is fetched is what was tried.
make_toolkit() {
  local new=$1 work=$1/work go
  mkdir "$work"
  go_in "$work"
  step "build the exporter-toolkit" "${go[@]}" go -C "$here/toolkit" build -trimpath -ldflags='-s -w' -o "$new/toolkit" .
  sed -n 's#.*/exporter-toolkit v##p' "$here/toolkit/go.mod" >"$new/toolkit.version"
  rm -r "$work"
}

# The linker writes the version, as its own build does: else it would not know it.
make_windows_exporter() {
  local new=$1 work=$1/work go module=github.com/prometheus-community/windows_exporter version
  version=$(sed -n "s#^\t$module v\([^ ]*\).*#\1#p" "$here/windows-exporter/go.mod")
  mkdir "$work"
  go_in "$work"
  step "build windows_exporter" "${go[@]}" env GOOS=windows GOARCH=amd64 go -C "$here/windows-exporter" build -trimpath \
    -ldflags="-s -w -X github.com/prometheus/common/version.Version=$version" -o "$new/windows_exporter.exe" "$module/cmd/windows_exporter"
  echo "$version" >"$new/windows_exporter.exe.version"
  rm -r "$work"
}

lock
if command -v apt-get >/dev/null; then
  make "$trixie" make_trixie
else
  echo "peers: no VictoriaMetrics and no Prometheus: they are taken from Debian, with apt-get"
fi
if command -v go >/dev/null; then
  make "$collector" make_collector
  forget_others "$collector" collector-
  make "$compose" make_compose
  forget_others "$compose" compose-
  make "$toolkit" make_toolkit
  forget_others "$toolkit" toolkit-
elif [[ ! -d $collector ]]; then
  echo "peers: no Collector: it is built with Go 1.25 or later, which is not on the PATH (https://go.dev/dl)"
fi
if [[ ${1-} == --bench ]]; then
  if command -v apt-get >/dev/null; then make "$node_exporter" make_node_exporter; fi
  if command -v go >/dev/null; then
    make "$windows_exporter" make_windows_exporter
    forget_others "$windows_exporter" windows-exporter-
  fi
fi
echo "peers: ready in $cache"
