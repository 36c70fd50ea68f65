#!/bin/sh
# --move: what was filed leaves the folder, what was not stays.
. "$(dirname "$0")/tap"
plan 9

mkdir -p in/deep done
dispatch in/a.pdf 1/STTTT-VP
dispatch in/deep/a.pdf 2/STTTT-VP
echo "not a document" >in/note.txt
cp in/a.pdf a.copy
run 0 "two are filed" "$luutru" --archive box ingest --json --move done in
json "... and one skipped" 'rows[-1]["filed"] == 2 and rows[-1]["skipped"] == 1'
check "the filed ones have left" sh -c '! find in -name "*.pdf" | grep -q .'
check "the skipped one stays" test -e in/note.txt
check "both are in the other folder, though they share a name" \
    test "$(find done -type f | wc -l)" -eq 2
check "the bytes are the same" sh -c 'find done -type f -exec cmp -s {} a.copy \; -print | grep -q .'
run 0 "the archive has the original" "$luutru" --archive box get 1
check "... byte for byte" sh -c 'cmp -s "$0" done/a.pdf || find done -type f -exec cmp -s {} "$0" \; -print | grep -q .' "$OUT"
run 0 "a second run finds nothing to move" "$luutru" --archive box ingest --move done in
