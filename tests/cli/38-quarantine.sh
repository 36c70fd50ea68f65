#!/bin/sh
# What could not be read is listed, and can be tried again.
. "$(dirname "$0")/tap"
plan 13

dispatch good.pdf 1/STTTT-VP
qpdf --encrypt secret owner 256 -- good.pdf locked.pdf
run 1 "a locked file" "$luutru" --archive box ingest locked.pdf
run 0 "is listed for programs" "$luutru" --archive box quarantine list --json
json "... with its reason" 'len(rows) == 1 and "password" in rows[0]["reason"]'
run 1 "a number that is not in the list" "$luutru" --archive box quarantine retry 999
said "... which is said" "no file in quarantine has the number '999'"
run 1 "one that is there beside it" "$luutru" --archive box quarantine retry 999 "$(sqlite3 box/archive.db 'SELECT id FROM ledger')"
said "... is set back all the same" '^1 file '
run 1 "the next run tries it again" "$luutru" --archive box ingest locked.pdf
run 0 "it is set back" "$luutru" --archive box quarantine retry
said "... and counted" '^1 file '
run 0 "the list is empty then" "$luutru" --archive box quarantine list
run 1 "the next run tries again" "$luutru" --archive box ingest --json locked.pdf
json "... and ends where it did" 'rows[-1]["quarantined"] == 1'
