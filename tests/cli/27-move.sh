#!/bin/sh
# --move: what was filed leaves the folder, what was not stays.
. "$(dirname "$0")/tap"
plan 49

mkdir -p in/deep done
dispatch in/a.pdf 1/STTTT-VP
dispatch in/deep/a.pdf 2/STTTT-VP
echo "not a document" >in/note.txt
cp in/a.pdf a.copy
run 0 "two are filed" "$luutru" --archive box ingest --json --move done in
json "... and one skipped" 'rows[-1]["filed"] == 2 and rows[-1]["skipped"] == 1'
check "the filed ones have left" sh -c '! find in -name "*.pdf" | grep -q .'
check "the skipped one stays" test -e in/note.txt
check "both are in the other folder, though they share a name" \
    test "$(find done -type f | wc -l)" -eq 2
check "the bytes are the same" sh -c 'find done -type f -exec cmp -s {} a.copy \; -print | grep -q .'
run 0 "the archive has the original" "$luutru" --archive box get 1
check "... byte for byte" sh -c 'cmp -s "$0" done/a.pdf || find done -type f -exec cmp -s {} "$0" \; -print | grep -q .' "$OUT"
run 0 "a second run finds nothing to move" "$luutru" --archive box ingest --move done in

# The originals of another archive are not there to be moved, by whatever way they are named.
dispatch other.pdf 3/STTTT-VP
run 0 "another archive" "$luutru" --archive other ingest other.pdf
original=$(find other/objects -type f)
ln -s ../other/objects done/way
for path in other other/objects "$(dirname "$original")" "$original" done/way; do
    "$luutru" --archive box ingest --json --move away "$path" >"$OUT" 2>"$ERR"
    json "$path is left alone" 'rows[-1]["filed"] == 0 and "archive" in rows[0].get("reason", "")'
done
run 0 "the other archive has its original" "$luutru" --archive other get 1

mkdir again
cp a.copy again/same.pdf
cp a.copy again/too.pdf
run 0 "a file whose bytes are in the archive" "$luutru" --archive box ingest again/same.pdf
run 0 "it and another one, with --move" "$luutru" --archive box ingest --move doubles again
check "both are moved like what was filed" \
    test "$(ls again | wc -l)" -eq 0 -a -e doubles/same.pdf -a -e doubles/too.pdf

# An archive is no folder for filed sources: what lies there is its own.
mkdir -p into
cp a.copy into/a.pdf
for folder in box box/objects box/objects/new; do
    for what in ingest "watch --once --set settle=0 --set reserve=0"; do
        run 1 "$folder is refused by '$what'" "$luutru" --archive box $what --move $folder into
        said "... with the reason" "$folder' cannot be the folder for filed sources"
    done
done
check "... and nothing came to be there" test -e into/a.pdf -a ! -e box/objects/new -a ! -e box/a.pdf

# A file that lies where it is to go has arrived.
mkdir here
dispatch here/a.pdf 4/STTTT-VP
for i in 1 2; do
    run 0 "run $i over a file of the other folder" "$luutru" --archive box ingest --move here here/a.pdf
    check "... stays in it" test -e here/a.pdf
done

# What an earlier run left unfinished is none of what this one names.
dispatch unfinished.pdf 5/STTTT-VP
run 0 "a run that moves nothing" "$luutru" --archive box ingest unfinished.pdf
sqlite3 box/archive.db "UPDATE ledger SET state = 'stored', document = NULL WHERE CAST(path AS TEXT) LIKE '%unfinished.pdf'"
dispatch named.pdf 6/STTTT-VP
run 0 "one that is killed, and the next, with --move" "$luutru" --archive box ingest --json --move away named.pdf
json "... brings its file to its end" 'any(p and p.endswith("unfinished.pdf") for p in files)'
check "... and moves only what it names" test -e unfinished.pdf -a -e away/named.pdf -a ! -e away/unfinished.pdf

# An original that nothing speaks of is filed where it lies.
mkdir tree
dispatch stray.pdf 7/STTTT-VP
dispatch tree/a.pdf 8/STTTT-VP
run 0 "an archive in a folder of sources" "$luutru" --archive "$DIR/tree/box" ingest tree/a.pdf
sum=$(sha256sum stray.pdf | cut -d ' ' -f 1)
stray=tree/box/objects/$(printf %.2s "$sum")/${sum#??}
mkdir -p "$(dirname "$stray")"
install -m 444 stray.pdf "$stray"
run 0 "a stray original is put right" "$luutru" --archive "$DIR/tree/box" verify --repair
run 0 "the next run moves what lies around the archive" "$luutru" --archive "$DIR/tree/box" ingest --json --move moved tree
json "... files the stray" 'rows[-1]["filed"] == 1'
check "... and leaves it in the archive" cmp -s stray.pdf "$stray"
check "... alone" test -e moved/a.pdf -a "$(ls moved | wc -l)" -eq 1

# The archive's copy has gone bad: the good bytes do not leave before they are in its place.
damage() { # FILE
    object=box/objects/$(sha256sum "$1" | cut -c 1-2)/$(sha256sum "$1" | cut -c 3-64)
    chmod u+w "$object"
    printf 'damaged!' | dd of="$object" conv=notrunc status=none
    chmod 444 "$object"
}
damage unfinished.pdf
run 0 "a source whose archived copy is damaged" "$luutru" --archive box ingest --move away unfinished.pdf
check "... moves" test -e away/unfinished.pdf
check "... and the copy is mended" cmp -s "$object" away/unfinished.pdf
