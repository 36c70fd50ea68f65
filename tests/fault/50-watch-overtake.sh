#!/bin/sh
# A box of scans that waits to be recognised: what has its text does not wait behind it.
. "$(dirname "$0")/../cli/tap"
. "$TOP/tests/fault/watching"
plan 13

mkdir in own
for i in $(seq 30); do
    whole_pdf "in/scan-$i.pdf" "BADBADBAD $i"
done
BAD_GO=$DIR/go
export BAD_GO
start_watch --set jobs=2 in
eventually "scans are in the archive, and wait" has 30 stored
whole_pdf in/text.pdf "TEXTTEXT"
eventually "a file with its text is filed at once" is_in filed in/text.pdf
check "... before any of them" has 30 stored
whole_pdf own/text.pdf "TEXTTEXT, too"
run 0 "... also where another program asks for it" "$luutru" --archive box ingest --json own/text.pdf
json "... which is told" 'rows[-1]["filed"] == 1'
check "there is one worker more than recognise" sh -c "[ \$(pgrep -cP $watcher) -le 3 ]"
cp in/scan-7.pdf in/copy.pdf

kill -KILL "$watcher"
wait "$watcher" 2>/dev/null
start_watch --set jobs=2 in
eventually "killed and begun again" watcher_says "state = 'watching' AND process = $watcher"
whole_pdf in/later.pdf "TEXTTEXT, later"
eventually "... it is the same" is_in filed in/later.pdf
check "... before any of them" has 3 filed
touch go
eventually "when there is time for them all are filed" has 33 filed
eventually "... and their copy is known" is_in duplicate in/copy.pdf
stop_watch
check "it ends well" test "$CODE" -eq 0
run 0 "... and leaves a sound archive" "$luutru" --archive box verify
