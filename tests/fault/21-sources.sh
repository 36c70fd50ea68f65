#!/bin/sh
# Files that grow or vanish while they are taken, and pipes that never end.
. "$(dirname "$0")/../cli/tap"
LUUTRU_WORKER=$BUILD/tests/fault/bad-worker
BAD_WORKER=well
export LUUTRU_WORKER BAD_WORKER
plan 10

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
