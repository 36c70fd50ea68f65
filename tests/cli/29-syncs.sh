#!/bin/sh
# What must be on the disk is waited for, and nothing else: the original, its folder, and the commit that files it.
. "$(dirname "$0")/tap"
ASAN_OPTIONS=detect_leaks=0 # which cannot be looked for in a program that is traced already
export ASAN_OPTIONS
plan 2

if ! strace -o /dev/null true 2>/dev/null; then
    skip 2 "strace cannot be used here"
    exit 0
fi
mkdir in
dispatch one.pdf 1/STTTT-VP
for i in $(seq 60); do { cat one.pdf; echo "%$i"; } >in/$i.pdf; done
run 0 "sixty documents" strace -f -e trace=fsync,fdatasync -o syncs "$luutru" --archive box ingest in
# Three for each document, one for each folder of originals that is new, and some to make the archive.
check "cost four syncs each at most" test "$(grep -cE 'f(data)?sync\(' syncs)" -le 280
