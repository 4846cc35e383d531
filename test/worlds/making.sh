# How the set-up scripts of the worlds make what they need, once, in a cache folder.
# Whoever sources this sets `world_name`, which its messages begin with, and `cache`, its folder below `caches`.

caches=${NETSTAT_EXPORTER_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/netstat-exporter}

# 125, as of `docker run`: it was the world that failed, not the program in it.
fail() {
  echo "$world_name: $*" >&2
  exit 125
}

# Waits until no other set-up is in this cache folder. The lock goes with the process.
lock() {
  mkdir -p "$cache" || fail "cannot make the cache folder $cache"
  exec 9>"$cache/lock"
  flock --nonblock 9 || echo "$world_name: waiting for another setup.sh, or what is left of one, to end"
  flock 9 || fail "cannot lock $cache/lock"
}

# Runs one step of the making with its output in the log, less the mirror's name, and shows the end of that when it fails.
step() {
  local what=$1
  shift
  "$@" 2>&1 </dev/null | sed -E 's#://[^/ ]+#://MIRROR#g' >"$cache/log" && return
  tail -n 30 "$cache/log" >&2
  fail "cannot $what"
}

# Makes a part under another name, and gives it its own when it is whole and on disk: half a part is never taken for one.
make() {
  local part=$1 function=$2 start=$SECONDS
  [[ -d $part ]] && return
  echo "$world_name: making ${part##*/}"
  rm -rf "$part.new" && mkdir "$part.new"
  "$function" "$part.new"
  step "write ${part##*/} to disk" sync -f "$part.new"
  mv "$part.new" "$part"
  echo "$world_name: made ${part##*/} in $((SECONDS - start)) s"
}

# Removes the parts whose names begin so and that no set-up has used for a week, and marks this one as used.
forget_others() {
  local part=$1 beginning=$2
  touch "$part"
  find "$cache" -maxdepth 1 -name "$beginning*" ! -path "$part" -mtime +7 -exec rm -rf {} +
}

# The mirror that apt takes this machine's own release from: Debian's next releases are in the same place.
mirror() {
  apt-get indextargets --format '$(RELEASE) $(REPO_URI)' 'Created-By: Packages' |
    awk -v release="$(. /etc/os-release && echo "$VERSION_CODENAME")" '$1 == release { print $2; exit }'
}

# Fetches packages of Debian trixie into a folder, each unpacked into one of its name beside its .deb: fetch_trixie FOLDER PACKAGE…
# With an apt client that has its own state there: the machine's package lists stay as they are.
fetch_trixie() {
  local work=$1 uri name
  shift
  uri=$(mirror) && [[ $uri ]] || fail "cannot find a Debian mirror in apt's configuration"
  mkdir -p "$work"/{lists,archives}/partial
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $uri trixie main" >"$work/sources.list"
  local options=(
    -o "Dir::Etc::SourceList=$work/sources.list" -o Dir::Etc::SourceParts=/dev/null
    -o "Dir::State=$work" -o Dir::State::Status=/dev/null -o "Dir::Cache=$work"
    -o Acquire::Languages=none -o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false
    -o APT::Update::Error-Mode=any # else a list that cannot be fetched, or is not signed, is a warning
    -o APT::Sandbox::User="$(id -un)" # as root, apt would fetch as a user of its own, who cannot write here
  )
  step "read Debian trixie's package lists" apt-get "${options[@]}" update
  for name; do
    step "fetch $name" env -C "$work" apt-get "${options[@]}" download "$name"
    step "unpack $name" dpkg-deb -x "$work/$name"_*.deb "$work/$name"
  done
}
