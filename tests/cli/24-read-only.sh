#!/bin/sh
# An archive that may not be written: reading works where it can, writing ends with 3 and a message.
. "$(dirname "$0")/tap"
plan 11

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

# A disk that is mounted for reading only.
chmod -R u+w box
cat >mounted <<'END'
mount -t tmpfs tmpfs disk && cp -r box disk/box && mount -o remount,ro disk && exec "$@"
END
alone="unshare -m"
[ "$(id -u)" -eq 0 ] || alone="unshare -Urm"
mkdir disk
if $alone sh mounted true 2>/dev/null; then
    run 3 "nothing can be taken in from there" $alone sh mounted "$luutru" --archive disk/box ingest b.pdf
    said "... for that reason" "mounted for reading only"
    run 0 "search reads it" $alone sh mounted "$luutru" --archive disk/box search --json 1/STTTT-VP
    json "... and finds" 'rows[0]["total"] == 1'
else
    skip 4 "no disk can be mounted here"
fi
