#!/bin/sh
# A short day of watched folders: files come in every way, the watcher is killed, its disk filled twice; in the end archive,
# ledger, report and folders are what was dropped. 'make soak SOAK=day' has longer ones.
. "$(dirname "$0")/../cli/tap"
plan 1

alone="unshare -m"
[ "$(id -u)" -eq 0 ] || alone="unshare -Urm"
mkdir day disk
if $alone mount -t tmpfs tmpfs disk 2>/dev/null; then
    run 0 "what was dropped is there" $alone "$PYTHON" "$TOP/tests/soak/day.py" "$BUILD" day --files 60 --seconds 6 --kills 3
else
    skip 1 "a small disk cannot be mounted here"
fi
