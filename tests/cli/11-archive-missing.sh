#!/bin/sh
# A missing, newer or foreign archive ends every command that needs one with 3 and says what to do.
. "$(dirname "$0")/tap"
plan 19

for command in "search x" "show 12" "get 12" "export" "status" "quarantine list" "quarantine retry"; do
    run 3 "'$command' needs an archive" "$luutru" --archive "$DIR/none" $command
done
said "the message names the place and the way out" "none.*luutru ingest"
check "nothing was made there" test ! -e none

dispatch a.pdf 5/STTTT-VP
run 0 "ingest makes the archive" "$luutru" --archive "$DIR/new/archive" ingest a.pdf
run 0 "--archive may stand after the command" "$luutru" status --archive "$DIR/new/archive"
LUUTRU_ARCHIVE=$DIR/new/archive
export LUUTRU_ARCHIVE
run 0 "LUUTRU_ARCHIVE names the archive" "$luutru" status
run 3 "--archive counts more than LUUTRU_ARCHIVE" "$luutru" --archive "$DIR/none" status
unset LUUTRU_ARCHIVE
mkdir -p data && mv new/archive data/luutru
run 0 "else it lies in XDG_DATA_HOME" env XDG_DATA_HOME="$DIR/data" "$luutru" status

"$PYTHON" - "$DIR/data/luutru/archive.db" <<'PYTHON'
import sqlite3, sys
base = sqlite3.connect(sys.argv[1])
base.execute("PRAGMA user_version = 9999")
base.commit()
PYTHON
run 3 "an archive of a newer version is not read" "$luutru" --archive data/luutru status
said "... and the message says so" "newer"
run 3 "... nor written" "$luutru" --archive data/luutru ingest a.pdf

mkdir foreign && echo "this is no database, but it is longer than a header" >foreign/archive.db
run 3 "a file that is no database is no archive" "$luutru" --archive foreign status
run 3 "... and is not written to" "$luutru" --archive foreign ingest a.pdf
