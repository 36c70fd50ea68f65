#!/bin/sh
# The rules of the house that a machine can check: layers, lengths, layout, banned words.
cd "$(dirname "$0")/../.." || exit 1

number=0
report() { # NAME, then the offending lines on standard input: none is well
    number=$((number + 1))
    offenders=$(cat)
    if [ -z "$offenders" ]; then
        echo "ok $number - $1"
    else
        echo "not ok $number - $1"
        echo "$offenders" | sed 's/^/# /'
    fi
}

sources() { find text ocr store ingest cli tests -name '*.[ch]' | sort; }

# Includes of another folder of ours that are not its front door.
includes() { grep -n '^#include "' "$@" /dev/null; }

echo 1..10

includes $(find text -name '*.[ch]') | grep -v '#include "text/' | report "text includes only text"
includes $(find ocr -name '*.[ch]') | grep -vE '#include "(ocr/|text/text\.h")' |
    report "ocr includes only ocr and the door of text"
includes $(find store -name '*.[ch]') | grep -vE '#include "(store/|text/text\.h")' |
    report "store includes only store and the door of text"
includes $(find ingest -name '*.[ch]') | grep -vE '#include "(ingest/|(text/text|ocr/ocr|store/store)\.h")' |
    report "ingest includes only ingest and the doors of text, ocr and store"
includes $(find cli -name '*.[ch]') |
    grep -vE '#include "(cli/|(text/text|ocr/ocr|store/store|ingest/ingest|ingest/fields/fields)\.h")' |
    report "cli includes only cli and front doors"
{
    grep -nE '#include <(tesseract|leptonica|allheaders|poppler|cairo|seccomp)' \
        $(find text store ingest cli -name '*.[ch]') ocr/ocr.h ocr/protocol.c /dev/null
    grep -nE '#include <sqlite3' $(find text ocr ingest cli -name '*.[ch]') store/store.h store/record.h /dev/null
} | report "only ocr names its libraries, only store names SQLite, and no front door names any"
wc -l $(sources) | awk '$2 != "total" && $1 > 600 { print $2 ": " $1 " lines" }' | report "no file is over 600 lines"
awk 'FNR == 1 { name = "" }
     /^[a-z_0-9]+ *\(/ { name = $0; sub(/\(.*/, "", name) }
     /^\{/ { start = FNR }
     /^\}/ { if (start && name != "" && FNR - start > 100) print FILENAME ": " name " " FNR - start " lines"; start = 0; name = "" }' \
    $(sources) | report "no function is over 100 lines"
grep -nwE 'goto|strcpy|strcat|sprintf|vsprintf|gets|strtok|system|popen' $(sources) |
    grep -vE ':[[:space:]]*(/?\*|//)' | grep -E '(goto [a-z]|(strcpy|strcat|sprintf|vsprintf|gets|strtok|system|popen) ?\()' |
    report "no goto and no banned function"
if command -v clang-format >/dev/null; then
    for file in $(sources); do
        clang-format -style=file "$file" | cmp -s - "$file" || echo "$file"
    done | report "clang-format leaves every file as it is"
else
    echo "ok 10 # SKIP clang-format is not installed"
fi
