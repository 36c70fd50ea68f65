#!/bin/sh
# Other programs beside a watcher: they ask it to take their files, follow them, and never wait in vain.
. "$(dirname "$0")/../cli/tap"
. "$TOP/tests/fault/watching"
plan 69

mkdir in own done
whole_pdf own/a.pdf "one"
whole_pdf own/b.pdf "two"
cp own/a.pdf own/c.pdf
echo "no document" >own/notes.txt
mkfifo own/pipe
start_watch in
eventually "the watcher runs" watcher_says "state = 'watching'"
run 0 "ingest beside it" "$luutru" --archive box ingest --json own
json "... says what became of each" 'rows[-1]["filed"] == 2 and rows[-1]["duplicate"] == 1 and rows[-1]["skipped"] == 2 and rows[-1]["files"] == 5'
json "... with number and id" 'all(r["id"] > 0 and r["number"] for r in rows if r.get("outcome") == "filed")'
run 0 "ingest once more, with --move" "$luutru" --archive box ingest --json --move done own
json "... finds all unchanged" 'rows[-1]["unchanged"] == 4'
check "... and moves what is in the archive" sh -c '[ -e done/a.pdf ] && [ -e done/c.pdf ] && [ -e own/notes.txt ]'
check "nobody's question stays behind" test "$(sqlite3 box/archive.db 'SELECT count(*) FROM queue')" = 0

# A link that a person names is followed, as without a watcher.
mkdir linked
whole_pdf linked/target.pdf "behind a link"
ln -s linked/target.pdf link.pdf
run 0 "ingest of a link" "$luutru" --archive box ingest --json --move done link.pdf
json "... takes what it leads to" 'rows[0]["outcome"] == "filed" and rows[0]["path"].endswith("/link.pdf")'
check "... and leaves both where they are" sh -c '[ -L link.pdf ] && [ -e linked/target.pdf ]'

# Small writers and readers beside it.
run 0 "a correction does not wait" "$luutru" --archive box correct id:1 place=Huế
run 0 "a reader reads" "$luutru" --archive box show --json id:1
json "... what was corrected" 'rows[0]["place"] == "Huế"'
run 75 "a second watcher is sent away" "$luutru" --archive box watch in
run 75 "so is a repair" "$luutru" --archive box verify --repair
said "... and told what to do" "a watcher .* holds the archive .*end it first"

# Who sets back or lets in is told that the watcher takes it.
: >in/empty.pdf
eventually "an empty file is quarantined" is_in quarantined empty.pdf
run 0 "it is set back" "$luutru" --archive box quarantine retry
said "... and the watcher tries it" '^1 file .* by the watcher'
eventually "... which it does" is_in quarantined empty.pdf
sqlite3 -cmd '.timeout 10000' box/archive.db "UPDATE ledger SET state = 'held' WHERE document = 1"
run 0 "one that is held is let in" "$luutru" --archive box quarantine release --reason "not secret" \
    "$(sqlite3 box/archive.db "SELECT min(id) FROM ledger WHERE state = 'held'")"
said "... and the watcher files it" '^Released; the watcher'
eventually "... which it does" has 0 held

# A worker that takes its time: --wait ends first.
stop_watch
use_waiting_worker
start_watch in
eventually "a watcher whose worker is slow" watcher_says "state = 'watching' AND process = $watcher"
whole_pdf own/late.pdf "late"
run 75 "ingest --wait beside it ends with 75" "$luutru" --archive box ingest --wait 1 own/late.pdf
said "... and says that the file is not forgotten" "1 file still waits"
echo go >go
eventually "... which is so" is_in filed late.pdf

# The watcher is killed while somebody follows.
kill -KILL "$watcher"
wait "$watcher" 2>/dev/null
LUUTRU_WORKER=$DIR/worker
start_watch in
eventually "another one" watcher_says "state = 'watching' AND process = $watcher"
whole_pdf own/orphan.pdf "orphan"
"$luutru" --archive box ingest own/orphan.pdf >"$OUT" 2>"$ERR" &
asking=$!
eventually "a file is asked for" is_in stored orphan.pdf
kill -KILL "$watcher"
wait "$asking"
check "who follows a watcher that dies ends with 75" test $? -eq 75
LUUTRU_WORKER=$BUILD/tests/fault/bad-worker "$luutru" --archive box ingest --json in >"$OUT" 2>"$ERR"
check "the next run takes what it was asked for" is_in filed orphan.pdf

# A file that grows without a pause, and is large enough that some of it comes while it is copied.
LUUTRU_WORKER=$BUILD/tests/fault/bad-worker
start_watch --set retry-pause=1 in
eventually "a third watcher" watcher_says "state = 'watching' AND process = $watcher"
grow() { # FILE.pdf SIZE: it grows until there is a file 'still', and is whole then
    rm -f still
    printf '%%PDF-1.4\n' >"$1"
    truncate -s "$2" "$1"
    (
        while [ ! -e still ]; do printf x >>"$1"; done
        printf '\nxref\n0 1\n0000000000 65535 f \ntrailer\n<<>>\nstartxref\n%s\n%%%%EOF\n' \
            $(($(stat -c %s "$1") + 1)) >>"$1"
    ) &
    grower=$!
}
for place in own in; do
    grow $place/grows.pdf 100M
    run 75 "a file that grows is waited for ($place)" "$luutru" --archive box ingest --wait 4 $place/grows.pdf
    eventually "... which is said" grep -q "$place/grows.pdf\",\"outcome\":\"waiting.*still being written" log
    check "... and nothing of what it was before" sh -c "! grep -q '$place/grows.pdf.*skipped' log"
    touch still
    wait $grower
    eventually "... and taken when it lies still" is_in filed $place/grows.pdf
done
stop_watch

# One that is asked for while it grows, and that the watcher has on its way when it is whole.
use_waiting_worker
start_watch --set retry-pause=1 in
eventually "a watcher whose worker is slow" watcher_says "state = 'watching' AND process = $watcher"
grow in/slow.pdf 20M
"$luutru" --archive box ingest --json --wait 60 in/slow.pdf >"$OUT" 2>"$ERR" &
asking=$!
eventually "a file is asked for while it grows" grep -q 'in/slow.pdf","outcome":"waiting.*still being written' log
touch still
wait $grower
slow() { sqlite3 -cmd '.timeout 10000' box/archive.db "SELECT count(*) FROM ledger
    WHERE CAST(path AS TEXT) LIKE '%/in/slow.pdf' AND state = '$1'"; }
is_on_its_way_alone() { [ "$(slow stored)" -eq 1 ] && [ "$(slow seen)" -eq 0 ]; }
eventually "it is on its way, and nothing of it waits" is_on_its_way_alone
echo go >go
eventually "... to its end" is_in filed in/slow.pdf
wait "$asking"
check "... of which who asked is told" test $? -eq 0
check "... and which is one" test "$(slow filed) $(slow duplicate)" = "1 0"
stop_watch
LUUTRU_WORKER=$BUILD/tests/fault/bad-worker

# Who waits for a watcher is told what for.
whole_pdf own/room.pdf "no room"
start_watch --set reserve=1000000 in
eventually "a watcher without room" watcher_says "state = 'paused' AND process = $watcher"
run 75 "who asks it for a file" "$luutru" --archive box ingest --json --wait 4 own/room.pdf
json "... is told what it waits for" 'any(r.get("outcome") == "waiting" and "paused" in r["reason"] for r in rows)'
json "... and that it counts but once" 'rows[-1]["files"] == 1'
run 75 "who asks it again" "$luutru" --archive box ingest --wait 1 own/room.pdf
check "... leaves no second question" test "$(sqlite3 -cmd '.timeout 10000' box/archive.db \
    "SELECT count(*) FROM queue WHERE outcome IS NULL AND CAST(path AS TEXT) LIKE '%/own/room.pdf'")" -eq 1
stop_watch
start_watch in
eventually "a watcher" watcher_says "state = 'watching' AND process = $watcher"
run 4 "one without --require-sandbox is not asked by who wants that" \
    "$luutru" --archive box ingest --require-sandbox own/room.pdf
said "... which is said" "was not begun with --require-sandbox"
# Not in the midst of a note.
stop_silently() {
    kill -STOP "$watcher"
    sqlite3 -cmd '.timeout 500' box/archive.db "UPDATE watcher SET noted_at = '2000-01-01T00:00:00Z'" || {
        kill -CONT "$watcher"
        false
    }
}
eventually "a watcher is stopped" stop_silently
whole_pdf own/silent.pdf "silence"
run 75 "one that is stopped" "$luutru" --archive box ingest --json --wait 4 own/silent.pdf
json "... is told of" 'any("has not said anything since" in (r.get("reason") or "") for r in rows)'
run 0 "... by the status, too" "$luutru" --archive box status
check "... which asks whether it is stopped" grep -q "has not said anything since 2000" "$OUT"
kill -CONT "$watcher"
eventually "... and takes the file when it goes on" is_in filed own/silent.pdf
stop_watch
start_watch --require-sandbox in
eventually "a watcher behind every wall" watcher_says "state = 'watching' AND process = $watcher"
whole_pdf own/strict.pdf "strict"
run 0 "... is asked" "$luutru" --archive box ingest --require-sandbox own/strict.pdf
stop_watch

# What somebody was reading when it was removed goes from the log when he has ended.
start_watch --set look=1 in
eventually "a fourth watcher" watcher_says "state = 'watching' AND process = $watcher"
read_on() { # CMD… while somebody reads
    "$PYTHON" - "$@" <<'PYTHON'
import sqlite3, subprocess, sys
reader = sqlite3.connect("box/archive.db", isolation_level=None)
reader.execute("BEGIN")
reader.execute("SELECT count(*) FROM page").fetchall()
sys.exit(subprocess.call(sys.argv[1:]))
PYTHON
}
is_clean() { [ "$(sqlite3 -cmd '.timeout 10000' box/archive.db "SELECT count(*) FROM note WHERE name = 'log'")" = 0 ]; }
original=box/objects/$(sqlite3 box/archive.db "SELECT substr(sha256, 1, 2) || '/' || substr(sha256, 3) FROM document WHERE id = 1")
run 0 "a document is removed while somebody reads" read_on "$luutru" --archive box remove id:1 --reason x
said "... who is told that some of it goes later" "cleaned later by the watcher"
check "... and its original is gone" test ! -e "$original"
eventually "the watcher cleans up behind him" is_clean
stop_watch
