#!/bin/sh
# Subfolders of a watched folder as dossiers: a document is in its dossier when it is in the archive.
. "$(dirname "$0")/../cli/tap"
. "$TOP/tests/fault/watching"
plan 13

mkdir -p "in/01.TH/deeper" in/02.KH "in/$(printf 'x%.0s' $(seq 200))"
whole_pdf in/01.TH/a.pdf "one"
whole_pdf in/01.TH/deeper/b.pdf "two"
whole_pdf in/c.pdf "in none"
run 0 "what is there" "$luutru" --archive box watch --once --dossiers --json --set settle=0.1 in
run 0 "a dossier was begun" "$luutru" --archive box dossier list --json 01.TH
said "... that holds the two" '"documents":2'
cp in/c.pdf in/02.KH/again.pdf
whole_pdf in/01.TH/late.pdf "three"
whole_pdf "in/$(printf 'x%.0s' $(seq 200))/long.pdf" "four"
start_watch --dossiers in
eventually "a copy of a document goes in, too" sh -c 'sqlite3 box/archive.db "SELECT count(*) FROM dossier_document
    JOIN dossier d ON d.id = dossier WHERE code = '\''02.KH'\''" | grep -qx 1'
eventually "and a file that comes later" sh -c 'sqlite3 box/archive.db "SELECT count(*) FROM dossier_document
    JOIN dossier d ON d.id = dossier WHERE code = '\''01.TH'\''" | grep -qx 3'
eventually "a name that is too long for a dossier" is_in filed long.pdf
check "... is told, and the document is filed" grep -q 'long.pdf","outcome":"filed","reason":"filed, but not into the dossier' log
run 0 "a dossier that is closed" "$luutru" --archive box dossier close 01.TH
whole_pdf in/01.TH/closed.pdf "five"
eventually "... keeps no document out of the archive" is_in filed closed.pdf
check "... but itself" test "$(sqlite3 box/archive.db 'SELECT count(*) FROM dossier_document WHERE dossier = 1')" = 3
stop_watch

run 0 "without the option" "$luutru" --archive other watch --once --json --set settle=0.1 in
check "... no dossier is begun" test "$(sqlite3 other/archive.db 'SELECT count(*) FROM dossier')" = 0
check "... and all is filed" test "$(sqlite3 other/archive.db 'SELECT count(*) FROM document')" = 6
