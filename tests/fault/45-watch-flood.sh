#!/bin/sh
# Files dropped as fast as the disk takes them, while the watcher is down and while it is killed: each is
# accounted for, none twice. 'make soak' does the same with 100,000.
. "$(dirname "$0")/../cli/tap"
plan 2

"$PYTHON" "$TOP/tests/bench/flood.py" --build "$BUILD" --files "${FLOOD:-300}" --folders 20 --kills 5 \
    --place "$DIR" >"$OUT" 2>"$ERR"
check "of 300 files in 20 folders, through 5 kills" test $? -eq 0
"$PYTHON" "$TOP/tests/bench/flood.py" --build "$BUILD" --files "${FLOOD:-300}" --folders 20 --kills 5 --after delete \
    --place "$DIR" >"$OUT" 2>"$ERR"
json "of 300 that are deleted when they are filed" 'rows[0]["wrong"] == 0 and rows[0]["left"] == 6'
