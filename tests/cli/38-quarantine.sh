#!/bin/sh
# What could not be read is listed, and can be tried again.
. "$(dirname "$0")/tap"
plan 37

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

# What is gone can be let go; what is there cannot.
number_of() { # END-OF-PATH
    sqlite3 box/archive.db "SELECT max(id) FROM ledger WHERE CAST(path AS TEXT) LIKE '%$1'"
}
: >empty.pdf
: >written.pdf
run 1 "two empty files" "$luutru" --archive box ingest empty.pdf written.pdf
run 2 "to let go numbers have to be given" "$luutru" --archive box quarantine forget
rm empty.pdf
dispatch written.pdf 2/STTTT-VP
run 1 "of three files two are gone, or others by now" \
    "$luutru" --archive box quarantine forget --by Lan "$(number_of empty.pdf)" "$(number_of written.pdf)" "$(number_of locked.pdf)"
said "... which leave the list" '^2 files left'
said "... and the third is named" "locked.pdf' is still there"
run 0 "the list" "$luutru" --archive box quarantine list --json
json "... has that one alone" 'len(rows) == 1 and rows[0]["path"].endswith("locked.pdf")'
check "the ledger says who let the others go" \
    test "$(sqlite3 box/archive.db "SELECT count(*) FROM ledger WHERE state = 'skipped' AND reason LIKE '%Lan%'")" -eq 2
mv locked.pdf away.pdf
run 0 "when it is gone, too" "$luutru" --archive box quarantine forget "$(number_of locked.pdf)"
mv away.pdf locked.pdf
run 0 "nothing is wrong with the archive then" "$luutru" --archive box verify
run 0 "a file that was written anew is taken" "$luutru" --archive box ingest --json written.pdf
json "... and filed" 'rows[-1]["filed"] == 1'
for wrong in "list --reason x" "list --by Lan" "retry --json" "retry --reason x" "forget --json 1" "release --json --reason x 1"; do
    run 2 "'$wrong' is refused" "$luutru" --archive box quarantine $wrong
    said "... for the option" "'${wrong%% *}' takes no '--"
done
