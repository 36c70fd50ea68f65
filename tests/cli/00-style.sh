#!/bin/sh
# The rules of the house that a machine can check: layers, lengths, layout, banned words.
cd "$(dirname "$0")/../.." || exit 1

number=0
report() { # NAME OFFENDERS: none is well
    number=$((number + 1))
    if [ -z "$2" ]; then
        echo "ok $number - $1"
    else
        echo "not ok $number - $1"
        echo "$2" | sed 's/^/# /'
    fi
}

sources() { find text ocr store ingest print web cli tests -name '*.[ch]' | sort; }

# The includes of ours in a folder's files that match none of the allowed beginnings.
strangers() { # FOLDER ALLOWED
    grep -n '^#include "' $(find "$1" -name '*.[ch]') /dev/null | grep -vE "#include \"($2)"
}

library_names() {
    grep -nE '#include <(tesseract|leptonica|allheaders|poppler|cairo|seccomp)' \
        $(find text store ingest web cli -name '*.[ch]') ocr/ocr.h ocr/protocol.c /dev/null
    grep -nE '#include <libsoup' $(find text ocr store ingest print cli -name '*.[ch]') /dev/null
    grep -nE '#include <sqlite3' $(find text ocr ingest web cli -name '*.[ch]') store/store.h store/record.h /dev/null
}

long_files() { wc -l $(sources) | awk '$2 != "total" && $1 > 600 { print $2 ": " $1 " lines" }'; }

long_functions() {
    awk 'FNR == 1 { name = "" }
         /^[a-z_0-9]+ *\(/ { name = $0; sub(/\(.*/, "", name) }
         /^\{/ { start = FNR }
         /^\}/ { if (start && name != "" && FNR - start > 100) print FILENAME ": " name " " FNR - start " lines"
                 start = 0; name = "" }' $(sources)
}

banned() {
    grep -nE '(^|[^a-z_])(goto [a-z]|(strcpy|strcat|sprintf|vsprintf|gets|strtok|system|popen) ?\()' $(sources)
}

unformatted() {
    for file in $(sources); do
        clang-format -style=file "$file" | cmp -s - "$file" || echo "$file"
    done
}

doors='(text/text|ocr/ocr|store/store)\.h'
echo 1..12
report "text includes only text" "$(strangers text text/)"
report "ocr includes only ocr and the door of text" "$(strangers ocr 'ocr/|text/text\.h')"
report "store includes only store and the door of text" "$(strangers store 'store/|text/text\.h')"
report "ingest includes only ingest and front doors" "$(strangers ingest "ingest/|$doors")"
report "print includes nothing of ours but itself" "$(strangers print 'print/')"
report "web includes only web and front doors" "$(strangers web "web/|$doors|ingest/ingest\.h|ingest/fields/fields\.h")"
report "cli includes only cli and front doors" "$(strangers cli "cli/|print/print\.h|$doors|ingest/ingest\.h|ingest/fields/fields\.h")"
report "only ocr names its libraries, only store SQLite, only web libsoup, no front door names any" "$(library_names)"
report "no file is over 600 lines" "$(long_files)"
report "no function is over 100 lines" "$(long_functions)"
report "no goto and no banned function" "$(banned)"
if command -v clang-format >/dev/null; then
    report "clang-format leaves every file as it is" "$(unformatted)"
else
    echo "ok 12 # SKIP clang-format is not installed"
fi
