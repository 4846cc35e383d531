#!/bin/bash
# Starts a program that should be netstat-exporter, and wants it to tell its version and who listens on its own port: scrape.sh PROGRAM [ARGUMENT…]
# Runs on Linux, and in the bash of Git for Windows.
set -euo pipefail

port=${SCRAPE_PORT:-19182}
url=http://127.0.0.1:$port/metrics
own="^netstat_listener_info\{.*port=\"$port\",process=\"(netstat-exporter|node)(\.exe)?\""
timeout_seconds=${SCRAPE_TIMEOUT_SECONDS:-60}

"$@" --version
"$@" "--web.listen-address=127.0.0.1:$port" &
program=$!
trap 'kill "$program" 2>/dev/null || true' EXIT

while ((SECONDS < timeout_seconds)); do
  # Not grep -q, which would close the pipe that curl still writes to.
  if metrics=$(curl --silent --fail "$url") && grep -E "$own" <<<"$metrics"; then exit 0; fi
  kill -0 "$program" || break
  sleep 1
done
echo "$url does not tell who listens on port $port" >&2
exit 1
