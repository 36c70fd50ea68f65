#!/bin/sh
# An original that goes while the run is on costs its own document; set back, it is taken from its source again.
. "$(dirname "$0")/../cli/tap"
bad_worker=$BUILD/tests/fault/bad-worker
BAD_WORKER=well
export LUUTRU_WORKER BAD_WORKER
plan 6

mkdir in
for i in 1 2 3; do printf '%%PDF-1.4\ndocument %d\n' $i >in/$i.pdf; done
cat >worker <<END
#!/bin/sh
tries=0
until [ "\$(sqlite3 -cmd '.timeout 5000' box/archive.db "SELECT count(*) FROM ledger WHERE state = 'stored'")" = 3 ] ||
    [ \$tries -eq 600 ]; do
    tries=\$((tries + 1))
    sleep 0.05
done
find box/objects -type f -exec cmp -s {} in/2.pdf \; -exec rm -f {} \;
exec "$bad_worker"
END
chmod +x worker
LUUTRU_WORKER=$DIR/worker
run 1 "an original that is gone" "$luutru" --archive box ingest --jobs 1 --json in
json "... is reported" \
    'any(p and p.endswith("2.pdf") and r["outcome"] == "quarantined" and "original" in r["reason"] for p, r in files.items())'
json "... and the others are filed" 'rows[-1]["filed"] == 2 and rows[-1]["quarantined"] == 1'
LUUTRU_WORKER=$bad_worker
run 0 "it is set back" "$luutru" --archive box quarantine retry
run 0 "the next run" "$luutru" --archive box ingest --json in
json "... files it" 'rows[-1]["filed"] == 1'
