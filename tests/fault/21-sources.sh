#!/bin/sh
# Files that grow or vanish while they are taken, and pipes that never end.
. "$(dirname "$0")/../cli/tap"
LUUTRU_WORKER=$BUILD/tests/fault/bad-worker
BAD_WORKER=well
export LUUTRU_WORKER BAD_WORKER
plan 20

mkdir in
printf '%%PDF-1.4\ngood\n' >in/a.pdf
mkfifo in/pipe

# It grows without a pause, and is large enough that some of it comes while it is copied.
printf '%%PDF-1.4\n' >in/grows.pdf
truncate -s 300M in/grows.pdf
(while [ ! -e stop ]; do printf x >>in/grows.pdf; done) &
grower=$!
run 1 "a file that grows while it is read" timeout 120 "$luutru" --archive box ingest --json in
touch stop
wait $grower
json "... is quarantined, and told so" \
    'any(p and p.endswith("grows.pdf") and r["outcome"] == "quarantined" and "changed" in r["reason"] for p, r in files.items())'
json "... and the other one filed" 'rows[-1]["filed"] == 1'
json "a pipe is skipped without waiting for it" \
    'any(p and p.endswith("in/pipe") and r["outcome"] == "skipped" and "pipe" in r["reason"] for p, r in files.items())'
check "no half of it stays behind" sh -c '! find box/objects -size +100k | grep -q .'
printf '%%PDF-1.4\ncomplete\n' >in/grows.pdf
run 0 "when it is complete, the next run" "$luutru" --archive box ingest --json in
json "... files it" 'rows[-1]["filed"] == 1'
run 0 "and what it was before" "$luutru" --archive box status --json
json "... is in quarantine no more" 'rows[0]["ledger"]["quarantined"] == 0'

# A file that is sent bit by bit, with a run after each: what is set back for a retry is taken as it is by then.
mkdir sent elsewhere
printf '%%PDF-1.4\none' >sent/a.pdf
run 0 "the first part of a file" "$luutru" --archive box ingest sent
sqlite3 box/archive.db "DELETE FROM document WHERE id = (SELECT document FROM ledger WHERE CAST(path AS TEXT) LIKE '%/sent/a.pdf');
    UPDATE ledger SET state = 'quarantined', sha256 = NULL, document = NULL WHERE CAST(path AS TEXT) LIKE '%/sent/a.pdf'"
printf 'two' >>sent/a.pdf
run 0 "its quarantine is set back" "$luutru" --archive box quarantine retry
run 0 "a run over another folder" "$luutru" --archive box ingest --json elsewhere
json "... takes it as it is now, once" 'rows[-1]["filed"] == 1 and rows[-1]["skipped"] == 1 and rows[-1]["files"] == 2'
run 0 "a run over its own" "$luutru" --archive box ingest --json sent
json "... has nothing to do" 'rows[-1]["unchanged"] == rows[-1]["files"] == 1'
printf '%%PDF-1.4\none' >sent/a.pdf
touch -d "@$(sqlite3 box/archive.db "SELECT mtime_ns / 1000000000 || '.' || printf('%09d', mtime_ns % 1000000000)
    FROM ledger WHERE CAST(path AS TEXT) LIKE '%/sent/a.pdf' AND state = 'skipped'")" sent/a.pdf
run 0 "a state that was passed over and has come back" "$luutru" --archive box ingest --json sent
json "... is taken after all" 'rows[-1]["filed"] == 1'

# The first one that a worker is started for takes the last one with it.
mkdir later
for i in 1 2 3 4 5 6 7 8 9; do printf '%%PDF-1.4\nlater %d\n' $i >later/$i.pdf; done
cat >worker <<END
#!/bin/sh
rm -f "$DIR/later/9.pdf"
exec "$LUUTRU_WORKER"
END
chmod +x worker
run 1 "a file that vanishes before its turn" \
    env LUUTRU_WORKER="$DIR/worker" "$luutru" --archive box ingest --jobs 1 --json later
json "... is reported" \
    'any(p and p.endswith("9.pdf") and r["outcome"] == "failed" and "vanished" in r["reason"] for p, r in files.items())'
json "... and all others are filed" 'rows[-1]["filed"] == 8 and rows[-1]["failed"] == 1'
