#!/bin/sh
# What a hand wrote on earlier documents is looked at again by a watcher that filed others and has nothing to do.
. "$(dirname "$0")/../cli/tap"
. "$TOP/tests/fault/watching"
plan 4

unsettled() { # N
    [ "$(sqlite3 -cmd '.timeout 10000' box/archive.db "SELECT count(*) FROM doubt WHERE code = 'unreadable'")" = "$1" ]
}

mkdir in
whole_pdf in/early.pdf "one that was filed early"
run 0 "a document is filed" "$luutru" --archive box watch --once --set settle=0 --set reserve=0 in
# As if its number had been written by hand, and held back; its text, read again, says nothing of that.
sqlite3 box/archive.db "INSERT INTO doubt (document, position, field, code) VALUES (1, 99, 'number', 'unreadable');
    INSERT INTO candidate (document, position, field, value, confidence, because) VALUES (1, 99, 'number', '12/QD', 0.6, 'ink:0.6')"
check "its number is held back" unsettled 1
start_watch in
whole_pdf in/late.pdf "one that was filed late"
eventually "another is filed" has 2 filed
eventually "... and the first is looked at again" unsettled 0
stop_watch
