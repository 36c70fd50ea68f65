#!/bin/sh
# No query is ever a syntax error: it finds something (0) or nothing (1).
. "$(dirname "$0")/tap"
plan 41

dispatch a.pdf 7/STTTT-VP
run 0 "one document is filed" "$luutru" --archive box ingest a.pdf

ask() { # WHAT QUERY…
    what=$1
    shift
    "$luutru" --archive box search --json "$@" >"$OUT" 2>"$ERR"
    CODE=$?
    [ "$CODE" -le 1 ] && "$PYTHON" -c 'import json,sys; json.load(open(sys.argv[1]))["results"]' "$OUT"
    verdict $? "$what is no error"
}

ask "a lone quote" '"'
ask "an open quote" '"tuyên truyền'
ask "quotes in quotes" '"a "b" c"'
ask "an apostrophe" "'"
ask "a star" '*'
ask "a star within" 'tuy*n'
ask "brackets" '((('
ask "a closing bracket" 'a)'
ask "AND alone" AND
ask "NOT at the end" 'tuyen NOT'
ask "NEAR" 'NEAR(a b, 0)'
ask "a column filter" 'subject: x'
ask "a column that is none" 'nonesuch : x'
ask "curly brackets" '{a b} : c'
ask "a caret" '^ ^a'
ask "a plus" 'a + b +'
ask "a percent sign and an underscore" '%_'
ask "a backslash" '\'
ask "a semicolon and a comment" "x'; drop table document; --"
ask "a dash after --" -- '-'
ask "a word with a dash after --" -- '-tuyen'
ask "an empty query" ''
ask "only marks" '̣ ̉'
ask "bytes that are not UTF-8" "$(printf 'caf\351')"
ask "a control character" "$(printf 'a\001b\033[31m')"
ask "emoji" '📜'
ask "a very long query" "$("$PYTHON" -c 'print("tuyên truyền " * 5000)')"
ask "a long run of quotes" "$("$PYTHON" -c "print('\"' * 3001)")"
ask "many words of one letter" "$("$PYTHON" -c "print('a ' * 3000)")"
ask "only syllables that every document has" "$("$PYTHON" -c 'print("của và các cho theo " * 150)')"
ask "all operators" -- '-"* OR -* OR "OR" - :: so: ngay: -coquan: OR OR *'
ask "an unbalanced quote in a filter" 'coquan:"Sở'
ask "only control characters" "$(printf '\001\002\037\177')"
ask "a filter without a value" 'ngay:'
ask "a day that does not exist" 'ngay:31/2/2023'
said "... which is in what was not used" '"ignored":\["ngay:31/2/2023"\]'
ask "an issuer that there is not" 'coquan:"Sở Mộng mơ"'
said "... which is named" '"unknown":\["coquan:'
"$PYTHON" -c 'import sys; sys.stdout.write("nhân dân " * 100000)' >long
timeout 10 "$luutru" --archive box search --json "$(head -c 120000 long)" >"$OUT" 2>"$ERR"
check "as long a query as a shell can pass is answered in time" test $? -le 1
run 2 "a day that does not exist as an option is an error" "$luutru" --archive box search --date 31/2/2023
