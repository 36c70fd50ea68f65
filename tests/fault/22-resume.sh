#!/bin/sh
# What a killed run leaves in the ledger is brought to its end by the next one, with or without the sources.
. "$(dirname "$0")/../cli/tap"
bad_worker=$BUILD/tests/fault/bad-worker
BAD_WORKER=well
export LUUTRU_WORKER BAD_WORKER
plan 30

mkdir in
for i in 1 2 3 4; do printf '%%PDF-1.4\ndocument %d\n' $i >in/$i.pdf; done
# A worker that kills the run which started it when all documents are stored and none is read.
cat >assassin <<'END'
#!/bin/sh
tries=0
until [ "$(sqlite3 -cmd '.timeout 5000' box/archive.db "SELECT count(*) FROM ledger WHERE state = 'stored'")" = 4 ] ||
    [ $tries -eq 600 ]; do
    tries=$((tries + 1))
    sleep 0.05
done
kill -9 $PPID
END
chmod +x assassin
LUUTRU_WORKER=$DIR/assassin
run 137 "the run is killed" "$luutru" --archive box ingest --jobs 1 in
run 0 "its documents" "$luutru" --archive box status --json
json "... are stored" 'rows[0]["ledger"]["stored"] == 4 and rows[0]["documents"] == 0'

# The first is taken back to the step before; of the second, the source has changed since it was seen.
sqlite3 box/archive.db "UPDATE ledger SET state = 'seen', sha256 = NULL WHERE CAST(path AS TEXT) LIKE '%/in/1.pdf';
    UPDATE ledger SET state = 'seen', sha256 = NULL, mtime_ns = 1 WHERE CAST(path AS TEXT) LIKE '%/in/2.pdf';
    UPDATE ledger SET state = 'seen', sha256 = NULL, path = CAST('$DIR/in/5.pdf' AS BLOB)
        WHERE CAST(path AS TEXT) LIKE '%/in/3.pdf'"
mv in/4.pdf gone
mkdir other
LUUTRU_WORKER=$bad_worker
run 1 "a run over another folder" "$luutru" --archive box ingest --json other
cp "$OUT" events

outcome() { # WHAT NAME OUTCOME REASON
    cp events "$OUT"
    json "$1" "any(p and p.endswith('in/$2') and r['outcome'] == '$3' and '$4' in (r['reason'] or '')
        for p, r in files.items())"
}

outcome "files what was seen and is as it was" 1.pdf filed ""
outcome "files what has changed since" 2.pdf filed ""
json "... and passes over what it was" \
    'any("2.pdf" in (r.get("path") or "") and r["outcome"] == "skipped" and "earlier" in r["reason"] for r in rows)'
outcome "quarantines what is gone" 5.pdf quarantined gone
outcome "files what was stored, though its source is gone" 4.pdf filed ""
run 0 "a run over the same folder" "$luutru" --archive box ingest --json in
json "... files what is there now" 'rows[-1]["filed"] == 1 and rows[-1]["unchanged"] == 2'
run 0 "nothing is left" "$luutru" --archive box status --json
json "... half done" 'all(rows[0]["ledger"][state] == 0 for state in ("seen", "stored", "read"))'
mv in/1.pdf in/5.pdf
touch -d "@$(sqlite3 box/archive.db "SELECT mtime_ns / 1000000000 || '.' || printf('%09d', mtime_ns % 1000000000)
    FROM ledger WHERE CAST(path AS TEXT) LIKE '%/in/5.pdf'")" in/5.pdf
run 0 "a file that was gone and is there again" "$luutru" --archive box ingest --json in/5.pdf
json "... is taken after all" 'rows[-1]["duplicate"] == 1 and rows[-1]["unchanged"] == 0'

# A document at which the program broke down is tried once more, and then quarantined.
LUUTRU_WORKER=$bad_worker
mkdir poison
for i in 5 6; do printf '%%PDF-1.4\ndocument %d\n' $i >poison/$i.pdf; done
sum=$(sha256sum poison/5.pdf | cut -d' ' -f1)
printf '%s\n%s\n' "$sum" "$sum" >box/crashed
run 1 "a document that broke two runs down" "$luutru" --archive box ingest --json poison
json "... is quarantined, and no other" 'rows[-1]["quarantined"] == 1 and rows[-1]["filed"] == 1'
json "... with the reason" 'any("broke down" in (r.get("reason") or "") for r in rows)'
run 0 "... and retried" "$luutru" --archive box quarantine retry
run 0 "... is taken once more" "$luutru" --archive box ingest --json poison
json "... as if nothing had been" 'rows[-1]["filed"] == 1'
printf '%s\n' "$sum" >box/crashed
printf '%%PDF-1.4\ndocument 7\n' >poison/7.pdf
run 0 "a run that ends well" "$luutru" --archive box ingest --json poison
check "... forgets what broke down once" test ! -e box/crashed

# The same from a run that does break down: at the last transaction, which files the document.
faulty=${ASAN_BUILD:-$TOP/build/asan}/luutru
break_down() { # N
    LUUTRU_FAULT="transaction.commit.before#$1=abort" "$faulty" --archive broken ingest bad.pdf >"$OUT" 2>"$ERR"
}
printf '%%PDF-1.4\nbad\n' >bad.pdf
LUUTRU_FAULT_LOG=$DIR/passed "$faulty" --archive whole ingest bad.pdf >"$OUT" 2>"$ERR"
if [ -s passed ]; then
    # What is done before the document is there is done but once.
    n=$(grep -c '^transaction.commit.before' passed)
    break_down "$n"
    check "a run breaks down while it files" test $? -ge 128
    check "... and leaves word of the document" test "$(wc -l <broken/crashed)" -eq 1
    tries=1
    until [ "$(wc -l <broken/crashed)" -eq 2 ] || [ $tries -gt "$n" ]; do
        break_down $tries
        tries=$((tries + 1))
    done
    check "the next one, too" test "$(wc -l <broken/crashed)" -eq 2
    run 1 "the third one" "$luutru" --archive broken ingest --json bad.pdf
    json "... quarantines it" 'rows[-1]["quarantined"] == 1'
    check "... and forgets" test ! -e broken/crashed
    run 0 "... in a sound archive" "$luutru" --archive broken verify
else
    skip 7 "this build has no fault points"
fi
