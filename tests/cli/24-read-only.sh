#!/bin/sh
# An archive that may not be written: reading works where it can, writing ends with 3 and a message.
. "$(dirname "$0")/tap"
plan 7

dispatch a.pdf 1/STTTT-VP
dispatch b.pdf 2/STTTT-VP
run 0 "one document is filed" "$luutru" --archive box ingest a.pdf
chmod 755 "$DIR"
chmod -R a+rX,a-w box

if as_user test -x "$luutru" && ! as_user test -w box; then
    run 3 "nothing can be taken in" as_user "$luutru" --archive "$DIR/box" ingest "$DIR/b.pdf"
    said "the message names the archive" "box"
    run 3 "nothing can be set back" as_user "$luutru" --archive "$DIR/box" quarantine retry
    run 0 "search reads it" as_user "$luutru" --archive "$DIR/box" search --json 1/STTTT-VP
    json "... and finds" 'rows[0]["total"] == 1'
    run 0 "get copies out of it" as_user "$luutru" --archive "$DIR/box" get 1
else
    skip 6 "no user that permissions bind can reach the program"
fi
