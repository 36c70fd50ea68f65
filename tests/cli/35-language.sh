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

# A message that ends in the middle of a format word was cut there by xgettext: nobody can translate it.
"$TOP/po/extract.sh" "$DIR/all.pot" 2>/dev/null
msggrep --invert-match --msgid --regexp='%$' all.pot >"$OUT" 2>"$ERR"
check "every message of the tree is in the translation" msgcmp "$TOP/po/vi.po" "$OUT"
check "and none of it waits or is in doubt" \
    test -z "$(msgattrib --untranslated "$TOP/po/vi.po"; msgattrib --only-fuzzy "$TOP/po/vi.po")"
