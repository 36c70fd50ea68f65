#!/bin/sh
# While a page takes its time the bar goes on: what it says about speed and time is of that moment.
. "$(dirname "$0")/../cli/tap"
LUUTRU_WORKER=$BUILD/tests/fault/bad-worker
BAD_WORKER=stall-page
BAD_PAGES=4
BAD_PAGE=4
TERM=xterm
export LUUTRU_WORKER BAD_WORKER BAD_PAGES BAD_PAGE TERM
plan 2

printf '%%PDF-1.4\nBADBADBAD\n' >a.pdf
run 1 "a document whose last page stalls" \
    "$PYTHON" "$TOP/tests/cli/pty-run.py" 100 "$luutru" --archive box ingest --jobs 1 --page-deadline 2 a.pdf
check "its bar tells of a speed that falls" "$PYTHON" - "$OUT" <<'PYTHON'
import re, sys
text = open(sys.argv[1], encoding="utf-8", newline="").read()
speeds = [float(speed) for speed in re.findall(r"3 pages +([0-9.]+)/s", text)]
sys.exit(0 if len(set(speeds)) >= 3 and speeds == sorted(speeds, reverse=True) else 1)
PYTHON
