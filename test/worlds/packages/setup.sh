#!/bin/bash
# Makes what `npm run test:packages` needs besides Node's packages, where it is missing: setup.sh [--paths]
#
# Debian's packages are installed; what is built goes to a cache folder. What the machine lacks the means for is left out, and said. With --paths nothing is made: what is there is printed, NAME=PATH.
set -euo pipefail
world_name=packages
source "$(dirname "$0")/../making.sh"

here=$(cd "$(dirname "$0")" && pwd)
cache=$caches/packages
# Each part is a folder that has this name only when it is whole. Raise a number when this script makes its part in another way.
nodes=$cache/nodes-1-$(sha256sum <"$here/nodes/package-lock.json" | cut -c 1-16) # node-10, node-20 and node-22: older Node.js
actionlint_version=1.7.12
actionlint=$cache/actionlint-1-$actionlint_version # judges .github/workflows. Needs Go
debians=("$cache"/debian-{12,13,13-bare}-1) # Roots with what netstat-exporter's package needs; the bare one without systemd
python=$cache/python-2-$({ python3 --version 2>/dev/null || true; } | tr -dc 0-9.)-$(sha256sum <"$here/python/requirements.txt" | cut -c 1-16) # packages of Python's: other readers of the release
# Kubernetes' own judgement of manifests, and the definition of PodMonitor. Needs Go 1.26
prometheus_operator_version=0.85.0
prometheus_operator_digest=8ce88c52c51209993511cae093089c9525f5552def88119e3f559123ee9d454b
kubernetes=$cache/kubernetes-1-$prometheus_operator_version-$(cat "$here"/kubernetes/{go.mod,go.sum,*.go} | sha256sum | cut -c 1-16)

if [[ ${1-} == --paths ]]; then
  [[ -d $actionlint ]] && echo "actionlint=$actionlint/actionlint"
  [[ -d $nodes ]] && echo "nodes=$nodes"
  for debian in "${debians[@]}"; do
    [[ -d $debian ]] && part=${debian##*/} && echo "${part%-*}=$debian"
  done
  [[ -d $python ]] && echo "python=$python"
  [[ -d $kubernetes ]] && echo "kubernetes=$kubernetes"
  exit 0
fi

# Installs Debian packages whose commands are not there: need COMMAND=PACKAGE…
need() {
  local pair missing=()
  for pair in "$@"; do
    command -v "${pair%%=*}" >/dev/null || missing+=("${pair#*=}")
  done
  [[ ${#missing[@]} == 0 ]] && return
  if ! command -v apt-get >/dev/null; then
    echo "packages: no ${missing[*]}: they are taken from Debian, with apt-get"
    return
  fi
  step "read Debian's package lists" apt-get update
  step "install ${missing[*]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"
}

# Of each only the program: its npm package has headers and manuals, too.
make_nodes() {
  local new=$1 name
  cp "$here"/nodes/{package,package-lock}.json "$new"
  step "fetch older Node.js" npm ci --prefix "$new" --ignore-scripts
  for name in node-10 node-20 node-22; do
    mkdir "$new/$name"
    mv "$new/node_modules/$name/bin" "$new/$name"
  done
  rm -r "$new"/{node_modules,package.json,package-lock.json}
}

make_actionlint() {
  local new=$1 work=$1/work
  mkdir "$work"
  # Without -modcacherw the caches could not be removed.
  local go=(env GOTOOLCHAIN=local CGO_ENABLED=0 "GOFLAGS=$(go env GOFLAGS) -modcacherw" "GOCACHE=$work/build-cache" "GOMODCACHE=$work/modules" "GOBIN=$new" nice -n 10 go)
  step "build actionlint" "${go[@]}" install -trimpath -ldflags='-s -w' "github.com/rhysd/actionlint/cmd/actionlint@v$actionlint_version"
  rm -r "$work"
}

# A folder for PYTHONPATH. Its packages have native parts: hence the version of Python in its name.
make_python() {
  step "fetch packages of Python's" pip3 install --no-cache-dir --disable-pip-version-check --target "$1" --requirement "$here/python/requirements.txt"
}

# A root of Debian that needs no network.
make_debian() {
  local new=$1 release=bookworm packages=libatomic1,systemd,systemd-sysv uri
  case ${new##*/} in
    debian-13-bare*) release=trixie packages=libatomic1,systemd-standalone-sysusers ;;
    debian-13*) release=trixie ;;
  esac
  uri=$(mirror) && [[ $uri ]] || fail "cannot find a Debian mirror in apt's configuration"
  # In a mount namespace of its own, so that an interrupted run leaves no mount behind.
  step "install Debian $release" unshare --mount debootstrap --variant=minbase "--include=$packages" "$release" "$new" "$uri"
  printf '127.0.0.1 localhost\n::1 localhost\n' >"$new/etc/hosts" || fail "cannot write $new/etc/hosts"
  step "remove what only the making needed" rm -rf "$new"/etc/{apt/sources.list,hostname,resolv.conf} \
    "$new"/var/cache/apt/archives/*.deb "$new"/var/lib/apt/lists/* "$new/var/log/bootstrap.log" "$new"/usr/share/{doc,info,locale,man}/*
}

# go.sum has the digest of every module, so that what is fetched is what was tried. Of prometheus-operator only a file is needed.
make_kubernetes() {
  local new=$1 work=$1/work definition
  mkdir "$work"
  local go=(env GOTOOLCHAIN=local CGO_ENABLED=0 "GOFLAGS=$(go env GOFLAGS) -modcacherw" "GOCACHE=$work/build-cache" "GOMODCACHE=$work/modules" nice -n 10 go)
  step "build Kubernetes' validation" "${go[@]}" -C "$here/kubernetes" build -trimpath -ldflags='-s -w' -o "$new/manifests" .
  step "fetch prometheus-operator" "${go[@]}" mod download "github.com/prometheus-operator/prometheus-operator@v$prometheus_operator_version"
  definition=$(find "$work/modules" -path '*/prometheus-operator-crd/*_podmonitors.yaml')
  echo "$prometheus_operator_digest  $definition" | sha256sum --check --quiet || fail "prometheus-operator's definition of PodMonitor is not the one that was tried"
  cp "$definition" "$new/podmonitors.yaml"
  rm -r "$work"
}

lock
need wixl=wixl msibuild=msitools dh=debhelper lintian=lintian osslsigncode=osslsigncode unzip=unzip zip=zip python3=python3 pip3=python3-pip
if [[ $(uname -m) == x86_64 ]]; then
  make "$nodes" make_nodes
  forget_others "$nodes" nodes-
else
  echo "packages: no older Node.js: they are for x64"
fi
need shellcheck=shellcheck
if command -v go >/dev/null; then
  make "$actionlint" make_actionlint
  forget_others "$actionlint" actionlint-
else
  echo "packages: no actionlint: it is built with Go, which is not on the PATH (https://go.dev/dl)"
fi
if [[ $EUID == 0 ]]; then
  need debootstrap=debootstrap
  for debian in "${debians[@]}"; do make "$debian" make_debian; done
else
  echo "packages: no Debian to install in: only root can make one"
fi
make "$python" make_python
forget_others "$python" python-
if command -v go >/dev/null; then
  make "$kubernetes" make_kubernetes
  forget_others "$kubernetes" kubernetes-
else
  echo "packages: no validation by Kubernetes: it is built with Go 1.26 or later, which is not on the PATH (https://go.dev/dl)"
fi
need capsh=libcap2-bin readelf=binutils
need faketime=faketime # for packages for Windows Installer: wixl takes its times from the clock
echo "packages: ready in $cache"
