#!/bin/sh
# Pages that were recognised before a run was killed are not recognised again.
. "$(dirname "$0")/../cli/tap"
LUUTRU_WORKER=$BUILD/tests/fault/bad-worker
BAD_WORKER=stall-page
BAD_PAGES=5
BAD_PAGE=4
export LUUTRU_WORKER BAD_WORKER BAD_PAGES BAD_PAGE
plan 10

staged() {
    sqlite3 -cmd '.timeout 5000' box/archive.db "SELECT count(*) FROM staged_page" 2>/dev/null
}

printf '%%PDF-1.4\nBADBADBAD\n' >a.pdf
"$luutru" --archive box ingest --jobs 2 --page-deadline 600 a.pdf >"$OUT" 2>"$ERR" &
run=$!
tries=0
until [ "$(staged)" = 4 ] || [ $tries -eq 600 ]; do
    tries=$((tries + 1))
    sleep 0.05
done
kill -9 $run
wait $run 2>/dev/null
check "four of five pages were kept" test "$(staged)" = 4
# A mark in them shows whether they are used.
sqlite3 box/archive.db "UPDATE staged_page SET text = replace(text, 'Trang', 'TRANG')"
BAD_WORKER=well
run 0 "the next run files the document" "$luutru" --archive box ingest --json a.pdf
json "... with all pages" 'rows[-1]["filed"] == 1 and rows[-1]["pages"] == 5'
run 0 "its text" "$luutru" --archive box export --format jsonl --text
json "... has the kept pages and the new one" \
    '["TRANG" in page["text"] for page in rows[0]["pages"]] == [True, True, True, False, True]'
check "and nothing stays staged" test "$(staged)" = 0

# A document is removed while its pages are recognised again: nothing of its text may come back.
BAD_GO=$DIR/go
BAD_PAGES=2
BAD_PAGE=2
export BAD_GO
"$luutru" --archive box reread --recognise >"$OUT" 2>"$ERR" &
run=$!
eventually "a page is recognised again, and the next one is in hand" sh -c \
    "[ \"\$(sqlite3 box/archive.db 'SELECT count(*) FROM staged_page')\" = 1 ]"
"$luutru" --archive box remove '#1' --reason "filed by mistake" >/dev/null
touch go
wait $run
check "who recognises a document that is removed is told" test $? -eq 1
said "... why" "#1: .*stays as it was"
check "and nothing of it stays" test "$(staged)" = 0
