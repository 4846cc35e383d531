#!/bin/bash
# Installs what `npm run test:browser` needs where it is missing: Debian's Chromium, and a font for its text. Needs root and apt-get; without them it says what is left out.
set -euo pipefail
world_name=browser
source "$(dirname "$0")/../making.sh"

cache=$caches/browser

missing=()
command -v chromium >/dev/null || missing+=(chromium)
# Chromium only recommends fonts, and draws no letter without one.
[[ -e /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf ]] || missing+=(fonts-dejavu-core)
[[ ${#missing[@]} -gt 0 ]] || exit 0

if [[ $(id -u) != 0 ]] || ! command -v apt-get >/dev/null; then
  echo "browser: no ${missing[*]}: installed with apt-get, as root"
  exit 0
fi
lock
echo "browser: installing ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
step "read Debian's package lists" apt-get update -qq
step "install ${missing[*]}" apt-get install -y -qq --no-install-recommends "${missing[@]}"
