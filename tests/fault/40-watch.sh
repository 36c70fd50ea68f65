#!/bin/sh
# A watched folder: every way in which a file can come, and each is taken once, when it is whole.
. "$(dirname "$0")/../cli/tap"
. "$TOP/tests/fault/watching"
plan 26

mkdir -p in/old elsewhere/deep/er
whole_pdf in/old/before.pdf "there before the watcher"
start_watch in
eventually "a file that was there is taken" is_in filed before.pdf
eventually "the folder is watched" watcher_says "state = 'watching' AND folders = 2"

# Ways in which files come.
whole_pdf in/written.pdf "written in place"
eventually "written in place" is_in filed written.pdf
whole_pdf elsewhere/a.pdf "moved in"
mv elsewhere/a.pdf in/moved.pdf
eventually "moved in" is_in filed moved.pdf
whole_pdf in/.save.tmp "an atomic save"
mv in/.save.tmp in/saved.pdf
eventually "saved under another name and renamed" is_in filed saved.pdf
whole_pdf elsewhere/b.pdf "linked"
ln elsewhere/b.pdf in/linked.pdf
eventually "a second name of a file" is_in filed linked.pdf
whole_pdf elsewhere/deep/er/c.pdf "in a folder moved in"
mv elsewhere/deep in/deep
eventually "in a folder that is moved in" is_in filed er/c.pdf
whole_pdf in/deep/er/d.pdf "later, in a folder moved in"
eventually "in such a folder, later" is_in filed er/d.pdf
mkdir -p in/new/one/two && whole_pdf in/new/one/two/e.pdf "in new folders"
eventually "in folders made a moment before" is_in filed two/e.pdf
mv in/new in/renamed && whole_pdf in/renamed/one/f.pdf "in a renamed folder"
eventually "in a folder that was renamed" is_in filed renamed/one/f.pdf
mv in/deep elsewhere/deep
whole_pdf elsewhere/deep/er/g.pdf "in a folder moved out"
whole_pdf in/h.pdf "after that"
eventually "after a folder was moved out" is_in filed h.pdf
check "... in which nothing is taken any more" sh -c '! grep -q g.pdf log'

# A file is taken when it is whole, however long that lasts.
whole_pdf whole.pdf "slowly written"
head -c 40 whole.pdf >in/slow.pdf
exec 3>>in/slow.pdf
eventually "a part of a file waits" watcher_says "waiting = 1 AND oldest_path LIKE '%slow.pdf'"
eventually "... beyond the patience, while it is open" sh -c 'sqlite3 box/archive.db \
    "SELECT julianday(noted_at) - julianday(oldest_since) > 2 / 86400.0 FROM watcher" | grep -q 1'
check "... without a word in the ledger" is_in '' slow.pdf
tail -c +41 whole.pdf >&3
exec 3>&-
eventually "... and is taken when it is whole" is_in filed slow.pdf
head -c 40 whole.pdf >in/cut.pdf
eventually "one that stays cut off is quarantined" is_in quarantined cut.pdf
check "... with the reason" grep -q 'cut.pdf.*quarantined.*cut off' log
whole_pdf in/cut.pdf "whole at last"
eventually "... and taken when it changes" is_in filed cut.pdf
: >in/empty.pdf
eventually "an empty file is quarantined" is_in quarantined empty.pdf
echo "no document" >in/notes.txt
eventually "a file that is no document is skipped" is_in skipped notes.txt

cp in/written.pdf in/again.pdf
eventually "the same bytes are a duplicate" is_in duplicate again.pdf
stop_watch
check "it ends politely" test "$CODE" -eq 0
cp log "$OUT"
json "each file was taken once" 'all(sum(r.get("path") == p and r.get("outcome") == "filed" for r in rows) <= 1 for p in files)'
json "... and nothing failed" 'rows[-1]["failed"] == 0'
check "nothing is left unfinished" has 0 stored
