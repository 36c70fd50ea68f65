#!/bin/sh
# Installed under any prefix, the program finds its worker, rules and translations; where they are missing it
# says which.
. "$(dirname "$0")/tap"
plan 9

mkdir -p root/bin root/libexec/luutru root/share/luutru root/share/locale
cp "$luutru" root/bin/
dispatch a.pdf 1/STTTT-VP
unset LUUTRU_WORKER
if [ ! -e /usr/local/share/luutru ]; then
    run 4 "without its rules nothing can be read" root/bin/luutru --archive box ingest a.pdf
    said "... which is said, with what to do" 'rule files not found.*install'
    cp -r "$TOP/ingest/fields" root/share/luutru/
    run 4 "nor without its worker" root/bin/luutru --archive box ingest a.pdf
    said "... which is said" 'worker program not found'
    check "no archive was begun" test ! -e box
else
    cp -r "$TOP/ingest/fields" root/share/luutru/
    skip 5 "a luutru installed on this machine lends its parts"
fi
cp "$BUILD/luutru-worker" root/libexec/luutru/
run 0 "with both it reads" root/bin/luutru --archive box ingest a.pdf
mv root moved
run 0 "also when the folder is moved" moved/bin/luutru --archive box search 1/STTTT-VP
run 4 "a worker that is none" env LUUTRU_WORKER=/bin/true moved/bin/luutru --archive box2 ingest a.pdf
said "... is named" '/bin/true'
