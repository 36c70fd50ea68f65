#!/bin/sh
# A watcher as a service: what it tells its manager and the journal, how it reloads and stops, and how
# 'status' shows it.
. "$(dirname "$0")/../cli/tap"
. "$TOP/tests/fault/watching"
plan 66

mkdir in other
cat >config <<END
[watch]
archive=$DIR/box
settle=0.1
patience=0.5
reserve=0
[folder $DIR/in]
END
"$PYTHON" "$TOP/tests/fault/notified.py" "$DIR/notify" messages "$luutru" watch --config config >log 2>says &
manager=$!
eventually "it says when it is ready" grep -q '^READY=1' messages
pid=$(sed -n 's/^PID //p' messages)
eventually "where memory runs out a worker goes first" sh -c "[ \$(cat /proc/\$(pgrep -P $pid | head -1)/oom_score_adj) -eq 500 ]"
eventually "it says that it is alive" grep -q '^WATCHDOG=1' messages
eventually "it says how it is" grep -q '^STATUS=.*1 folder' messages
whole_pdf in/a.pdf "one"
eventually "the archive of the file is used" is_in filed a.pdf
eventually "a line a document names its id" grep -q 'filed: .*a.pdf (#1 ' log
eventually "the status counts it" grep -q '^STATUS=.*1 filed' messages

# Reload.
printf '[folder %s/other]\nafter=burn\n' "$DIR" >>config
kill -HUP "$pid"
eventually "settings that are wrong are refused" grep -q "not 'burn'" says
sed -i 's/after=burn/after=delete/' config
kill -HUP "$pid"
eventually "a reload is told" grep -q '^RELOADING=1' messages
eventually "... and done" grep -q 'settings were read again' says
whole_pdf other/b.pdf "two"
eventually "a folder that was added is watched" is_in filed other/b.pdf
eventually "... by its own rule" test ! -e other/b.pdf
whole_pdf in/c.pdf "three"
eventually "the other one is watched still" is_in filed in/c.pdf

# Status.
head -c 30 in/a.pdf >in/cut.pdf
eventually "what is cut off is quarantined" is_in quarantined cut.pdf
# The ledger tells of a file's end before the watcher's own account, which is written after it.
eventually "... and waits no more" watcher_says "oldest_path IS NULL AND waiting = 0"
run 0 "status" "$luutru" --archive box status --json
json "... the watcher lives" "rows[0]['watcher']['alive'] and rows[0]['watcher']['process'] == $pid"
json "... rates" 'rows[0]["rates"] == {"filed_last_hour": 3, "filed_last_day": 3, "ended_last_hour": 4, "ended_last_day": 4}'
json "... no backlog" 'rows[0]["backlog"]["unfinished"] == 0 and rows[0]["backlog"]["oldest_path"] is None'
json "... failures by reason" 'len(rows[0]["failures"]) == 1 and rows[0]["failures"][0]["count"] == 1 and "cut off" in rows[0]["failures"][0]["reason"]'
exec 3>in/growing.pdf
printf '%%PDF-1.4\n' >&3
eventually "what grows is the oldest that waits" watcher_says "oldest_path LIKE '%growing.pdf'"
run 0 "status for people" "$luutru" --archive box status
said "... names it" 'oldest since .*growing.pdf'
exec 3>&-
kill -TERM "$pid"
wait "$manager"
check "SIGTERM is a good end" test $? -eq 0
check "... which was announced" grep -q '^STOPPING=1' messages
run 0 "status afterwards" "$luutru" --archive box status
said "... says that it does not run" 'not running'
run 2 "a key that is misspelt" "$luutru" --archive box watch --set setle=1 in
said "... is named" "setle"
run 2 "a yes that is none" "$luutru" --archive box watch --once --set always-poll=yes in
said "... is named" "always-poll.*'true'"
printf '[folder %s/in]\ndossiers=yes\n' "$DIR" >config-yes
run 2 "the same of a folder" "$luutru" --archive box watch --once --config config-yes
said "... is named" "dossiers.*'true'"

start_watch --config config --set patience=3600
head -c 30 in/a.pdf >in/half.pdf
eventually "a watcher waits for a file" watcher_says "process = $watcher AND oldest_path LIKE '%half.pdf'"
kill -KILL "$watcher"
wait "$watcher" 2>/dev/null
rm in/half.pdf
run 0 "status after it is killed" "$luutru" --archive box status --json
json "... tells of none that waits" 'rows[0]["backlog"]["oldest_path"] is None'

# Files of other users: with the one right that the unit gives it sees who writes to them.
leased='setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=+lease --ambient-caps=+lease'
leased_is() { # STATE END-OF-PATH
    [ "$(as_user sqlite3 -cmd '.timeout 10000' leased/box/archive.db "SELECT state FROM ledger
        WHERE CAST(path AS TEXT) LIKE '%$2'")" = "$1" ]
}
if [ "$(id -u)" -eq 0 ] && chmod 755 . && $leased test -x "$luutru" 2>/dev/null &&
    $leased grep -q '^CapEff:.*10000000$' /proc/self/status; then
    mkdir -m 777 lease leased
    cat >worker <<END
#!/bin/sh
grep CapEff /proc/self/status >"$DIR/leased/rights"
exec "$BUILD/tests/fault/bad-worker" "\$@"
END
    chmod +x worker
    whole_pdf whole.pdf "open for writing"
    whole_pdf late.pdf "linked in"
    exec 4>lease/open.pdf
    cat whole.pdf >&4
    LUUTRU_WORKER=$DIR/worker $leased "$luutru" --archive "$DIR/leased/box" watch --set settle=0.1 \
        --set patience=0.5 --set reserve=0 lease 4>&- >log 2>says &
    watcher=$!
    eventually "it begins" grep -q CapEff leased/rights
    # It comes to lie still later than the other one.
    ln late.pdf lease/late.pdf
    eventually "a file that nobody writes to is filed" leased_is filed late.pdf
    check "one that is open is not taken before it" leased_is '' open.pdf
    exec 4>&-
    eventually "... and is when it is closed" leased_is filed open.pdf
    check "workers do not have that right" grep -q '^CapEff:[[:space:]]*0*$' leased/rights
    stop_watch
else
    skip 5 "no right can be given here"
fi

# The journal.
if unshare -m true 2>/dev/null; then
    whole_pdf in/d.pdf "journal"
    rm -f in/growing.pdf
    unshare -m "$PYTHON" "$TOP/tests/fault/journal.py" "$DIR/entries" "$luutru" watch --once --config config >"$OUT"
    check "the journal gets a line a document, with its id" sh -c "grep -qx 'MESSAGE=filed: .*d.pdf (#4 .*' entries &&
        grep -qx 'LUUTRU_DOCUMENT=4' entries && grep -qx 'LUUTRU_OUTCOME=filed' entries"
    check "... and standard output none" sh -c "! grep -q d.pdf '$OUT'"
else
    skip 2 "no journal can be feigned here"
fi

if command -v systemd-analyze >/dev/null; then
    mkdir -p root/bin && ln -s "$luutru" root/bin/luutru
    sed "s|@PREFIX@|$DIR/root|; s|^User=.*||" "$TOP/systemd/luutru-watch.service.in" >luutru-watch.service
    systemd-analyze verify --man=no ./luutru-watch.service >"$OUT" 2>&1
    check "the unit is well" sh -c "! grep -i luutru-watch '$OUT'"
else
    skip 1 "no systemd-analyze"
fi

# Rules of which only one could be kept, and values that would not mean what they say.
refused() { # WHAT PATTERN LINE…
    what=$1
    pattern=$2
    shift 2
    printf '%s\n' "$@" >rules
    "$luutru" --archive fresh watch --once --set settle=0 --set reserve=0 --config rules >"$OUT" 2>"$ERR"
    said "$what" "$pattern"
}
mkdir -p "rules of" "rules of/done #2"
whole_pdf "rules of/a.pdf" "one folder"
refused "a folder with two rules is refused" "rules', .folder .*rules of.: stands there twice" \
    "[folder $DIR/rules of]" after=keep "[folder $DIR/rules of]" after=delete
refused "... also by two names" "rules of/' is named already, as '.*rules of'" \
    "[folder $DIR/rules of]" after=keep "[folder $DIR/rules of/]" after=delete
refused "... and a key that stands there twice" "rules of., after: stands there twice" \
    "[folder $DIR/rules of]" after=keep " after = delete"
refused "a comment behind a path is refused" "done: a comment is a line of its own" \
    "[folder $DIR/rules of]" after=move "done=$DIR/done # where they go"
refused "... and patterns parted by a comma" "leave: patterns are parted by semicolons" \
    "[folder $DIR/rules of]" 'leave=*.bak, r*'
check "... and nothing was done" test -e "rules of/a.pdf" -a ! -e fresh
whole_pdf "rules of/r.pdf" "left alone"
refused "a folder that has such a name is none" '1 filed' \
    '# of a year' "[folder $DIR/rules of]" after=move "done=$DIR/rules of/done #2" 'leave=*.bak; r*'
check "... and blanks around patterns do not count" test -e "rules of/r.pdf" -a -e "rules of/done #2/a.pdf"

# What a reload takes over, and what it cannot.
mkdir tries
cat >config <<END
[watch]
archive=$DIR/box
settle=0.1
reserve=0
retries=0
[folder $DIR/tries]
END
BAD_WORKER=exit
"$luutru" watch --json --config config >log 2>says </dev/null &
watcher=$!
whole_pdf tries/one.pdf "BADBADBAD 1"
eventually "a file that costs its workers is not tried again" is_in quarantined one.pdf
sed -i "s/^retries=.*/retries=3\nretry-pause=3600/" config
kill -HUP "$watcher"
eventually "... until the settings say so" grep -q 'the settings were read again$' says
whole_pdf tries/two.pdf "BADBADBAD 2"
eventually "... which holds at once" grep -q 'two.pdf","outcome":"waiting' log
sed -i "s/^archive=.*/archive=other\njobs=2/" config
kill -HUP "$watcher"
eventually "what needs a start anew is told" grep -q 'from the next start on: archive, jobs$' says
stop_watch

# A terminal that is closed.
BAD_WORKER=well
env --default-signal=HUP "$luutru" --archive box watch --set reserve=0 in >log 2>says </dev/null &
watcher=$!
eventually "a watcher without a file" watcher_says "process = $watcher AND state = 'watching'"
stop_watch HUP
check "... ends when its terminal is closed" test "$CODE" -eq 0
check "... and says so" grep -q stopping says
nohup "$luutru" --archive box watch --set reserve=0 in >log 2>says </dev/null &
watcher=$!
eventually "one that is to outlive it" watcher_says "process = $watcher AND state = 'watching'"
kill -HUP "$watcher"
whole_pdf in/nohup.pdf "after the terminal"
eventually "... does" is_in filed nohup.pdf
stop_watch

# A start that comes to nothing is none.
"$PYTHON" "$TOP/tests/fault/notified.py" "$DIR/notify-nothing" messages "$luutru" --archive box watch nothing >"$OUT" 2>"$ERR"
check "without its folder a watcher ends" test $? -eq 1
check "... and does not call itself ready" sh -c '! grep -q ^READY messages'

# An archive in a place that cannot be written may be there later, on a disk that comes late: the unit tries again.
mkdir -m 755 locked
mkdir -m 777 open
chmod 755 .
printf '[watch]\nreserve=0\n[folder %s]\n' "$DIR/open" >config-open
if as_user test -x "$luutru" -a -r config-open; then
    run 3 "by hand an archive that cannot be made ends a watcher for good" \
        as_user "$luutru" --archive "$DIR/locked/box" watch --once open
    run 4 "as a service not" as_user "$luutru" --archive "$DIR/locked/box" watch --once --config config-open
    check "... for another end is meant by the units" \
        sh -c '[ "$(grep -h ^RestartPrevent "$0"/systemd/luutru-watch*.in | sort -u)" = RestartPreventExitStatus=3 ]' "$TOP"
else
    skip 3 "no user that permissions bind can reach the program"
fi
