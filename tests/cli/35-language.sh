#!/bin/sh
# Vietnamese wherever it is asked for, also where its locale was never generated.
. "$(dirname "$0")/tap"
plan 8
unset LC_ALL

if [ ! -e "$BUILD/locale/vi/LC_MESSAGES/luutru.mo" ]; then
    skip 8 "the translation is not built"
    exit 0
fi
run 0 "LANG=vi_VN.UTF-8" env LANG=vi_VN.UTF-8 "$luutru" help
said "... is Vietnamese" 'Các lệnh'
run 0 "LANGUAGE=vi with C.UTF-8" env LANG=C.UTF-8 LANGUAGE=vi "$luutru" help
said "... is Vietnamese" 'Các lệnh'
run 0 "LC_ALL=C is English" env LC_ALL=C LANGUAGE=vi "$luutru" help
said "... whatever LANGUAGE says" 'Commands:'

# xgettext cuts a message at G_GINT64_FORMAT and leaves a bare '%' at its end; PRId64 it understands.
"$TOP/po/extract.sh" "$DIR/all.pot" 2>/dev/null
check "every message of the tree is in the translation" msgcmp "$TOP/po/vi.po" "$DIR/all.pot"
check "and none of it waits or is in doubt" \
    test -z "$(msgattrib --untranslated "$TOP/po/vi.po"; msgattrib --only-fuzzy "$TOP/po/vi.po")"
