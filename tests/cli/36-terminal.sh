#!/bin/sh
# On a terminal: a bar that fits and is gone before other lines, bold hits, and nothing binary.
. "$(dirname "$0")/tap"
plan 9

mkdir in
dispatch in/a.pdf 1/STTTT-VP
dispatch in/b.pdf 2/STTTT-VP
cp in/a.pdf in/c.pdf
echo text >in/note.txt

pty() { # COLUMNS CMD…: CMD on a terminal of that width; what it wrote is in OUT
    "$PYTHON" "$TOP/tests/cli/pty-run.py" "$@" >"$OUT" 2>"$ERR"
    CODE=$?
}

TERM=xterm
export TERM
pty 50 "$luutru" --archive box ingest in
check "ingest on a terminal" test "$CODE" -eq 0
said "shows a bar" '█|░|[0-9]+/[0-9]+ files'
said "and the summary" '4 files: 2 filed'
said "tells what was skipped above it" 'skipped: .*note.txt'
check "no line of it is wider than the terminal" "$PYTHON" - "$OUT" <<'PYTHON'
import re, sys
text = open(sys.argv[1], encoding="utf-8", newline="").read()
bars = [bar for bar in re.findall(r"\r([^\r\n\x1b]*)\x1b\[K", text) if bar]
sys.exit(0 if bars and all(len(bar) < 50 for bar in bars) else 1)
PYTHON
check "each other line begins where the bar was taken away" "$PYTHON" - "$OUT" <<'PYTHON'
import re, sys
text = open(sys.argv[1], encoding="utf-8", newline="").read()
lines = [line for line in text.split("\n") if "skipped: " in line or "files: " in line]
sys.exit(0 if lines and all(re.search(r"(^|\x1b\[K)[a-z0-9]", line.split("\r")[-1] or "a") for line in lines) else 1)
PYTHON
pty 80 "$luutru" --archive box search tuyen truyen
said "search makes the hit bold" "$(printf '\033')\\[1mtuyên"
pty 80 "$luutru" --archive box get 1
check "get does not write an original to a terminal" test "$CODE" -eq 2
pty 80 "$luutru" --archive box export --format xlsx
check "nor export a workbook" test "$CODE" -eq 2
