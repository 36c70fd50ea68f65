#!/bin/sh
# A folder or file without permission, and a path that is gone, cost themselves only.
. "$(dirname "$0")/tap"
plan 17

mkdir in in/closed
dispatch in/a.pdf 1/STTTT-VP
dispatch in/closed/b.pdf 2/STTTT-VP
dispatch in/c.pdf 3/STTTT-VP
chmod 000 in/closed in/c.pdf
chmod 755 "$DIR"
mkdir -m 777 boxes

if as_user test -x "$luutru" && as_user test -r "$DIR/in"; then
    run 1 "what may not be read makes exit 1" as_user "$luutru" --archive boxes/1 ingest --json in
    json "the rest is filed" 'rows[-1]["filed"] == 1'
    json "the folder is named with a reason" \
        'any(p and p.endswith("in/closed") and r["outcome"] == "failed" and r["reason"] for p, r in files.items())'
    json "the file too" \
        'any(p and p.endswith("in/c.pdf") and r["outcome"] == "quarantined" and "permission" in r["reason"] for p, r in files.items())'
    run 0 "the file is in the list of what could not be read" as_user "$luutru" --archive boxes/1 quarantine list
    said "... with the reason" 'in/c.pdf +.*permission'
    chmod 644 in/c.pdf
    chmod 755 in/closed
    run 0 "when permission is given, the next run" as_user "$luutru" --archive boxes/1 ingest --json in
    json "... files both" 'rows[-1]["filed"] == 2'
    run 0 "and the list is empty" as_user "$luutru" --archive boxes/1 status --json
    json "... of it" 'rows[0]["ledger"]["quarantined"] == 0'
else
    skip 10 "no user that permissions bind can reach the program"
fi

run 1 "a path that is gone makes exit 1" "$luutru" --archive boxes/2 ingest --json in/a.pdf in/gone.pdf
json "the other is filed" 'rows[-1]["filed"] == 1'
json "the one that is gone is named with a reason" \
    'any(p and p.endswith("in/gone.pdf") and r["outcome"] == "failed" and r["reason"] for p, r in files.items())'
run 1 "only paths that are gone" "$luutru" --archive boxes/3 ingest in/gone.pdf
said "... are named" "gone.pdf"
run 0 "an empty folder is no error" sh -c 'mkdir none && "$1" --archive boxes/4 ingest none' sh "$luutru"
said "... and is said to hold nothing" "^0 files"
