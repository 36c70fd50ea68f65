#!/bin/sh
# The server as an office uses it: web.sh BUILD ARCHIVE [SECONDS [PEOPLE]]
# Start, memory at rest and under load, searches by many people at once over ARCHIVE; page pictures, first and cached,
# over an archive of samples/. THINK_MS: what people wait between two searches (1000).
set -eu
build=$1
archive=$2
seconds=${3:-600}
people=${4:-50}
here=$(cd "$(dirname "$0")" && pwd)
room=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$room"' EXIT

now() { date +%s%N; }
memory() { awk -v key="$1:" '$1 == key { printf "%.1f MiB\n", $2 / 1024 }' "/proc/$server/status"; }

start() { # ARCHIVE
    began=$(now)
    "$build/luutru" --archive "$1" serve --port 0 2>"$room/log" &
    server=$!
    while ! port=$(sed -n 's|.*:\([0-9]*\)/$|\1|p' "$room/log") || [ -z "$port" ]; do sleep 0.005; done
    curl -s -o /dev/null "http://127.0.0.1:$port/"
    echo "first page after start: $((($(now) - began) / 1000000)) ms"
}

stop() {
    kill "$server"
    wait "$server" || true
    server=
}

picture() { # WHAT DOCUMENT DPI
    curl -s -o /dev/null -w "page picture, $1: %{time_total} s, %{size_download} bytes, status %{http_code}\n" \
        "http://127.0.0.1:$port/api/v1/documents/$2/pages/1/picture?dpi=$3"
}

uptime
"$build/luutru" --archive "$room/samples" ingest --jobs 2 "$here"/../../samples/cong-van-1758.pdf \
    "$here"/../../samples/quyet-dinh-quy-che.pdf >/dev/null 2>&1
start "$room/samples"
echo "memory at rest: $(memory VmRSS)"
picture "first, worker to be started" 1 150
for dpi in 149 148 147 146 145; do picture "first" 2 "$dpi"; done
for again in 1 2 3 4 5; do picture "cached" 2 149; done
stop

start "$archive"
cat >"$room/queries" <<QUERIES
nhân quyền
quyet dinh 2023
ubnd tinh
công văn tuyên truyền
1758
ke hoach
so noi vu
phòng chống dịch
đất đai
báo cáo chuyển đổi số
thong bao
nghị định 30/2020/NĐ-CP
QUERIES
QUERIES=$room/queries wrk -t 2 -c "$people" -d "${seconds}s" --timeout 10s -s "$here/web.lua" \
    "http://127.0.0.1:$port" | grep -vE '^(Running|  [0-9]|  Thread|    |Requests|Transfer)' || true
echo "memory under that load, at most: $(memory VmHWM)"
echo "processor time of the server: $(ps -o cputimes= -p "$server" | tr -d ' ') s"
stop
uptime
