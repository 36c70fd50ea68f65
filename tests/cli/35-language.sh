#!/bin/sh
# Vietnamese wherever it is asked for, also where its locale was never generated.
. "$(dirname "$0")/tap"
plan 7
unset LC_ALL

if [ ! -e "$BUILD/locale/vi/LC_MESSAGES/luutru.mo" ] && [ ! -e "$BUILD/../locale/vi/LC_MESSAGES/luutru.mo" ]; then
    skip 7 "the translation is not built"
    exit 0
fi
run 0 "LANG=vi_VN.UTF-8" env LANG=vi_VN.UTF-8 "$luutru" help
said "... is Vietnamese" 'Các lệnh'
run 0 "LANGUAGE=vi with C.UTF-8" env LANG=C.UTF-8 LANGUAGE=vi "$luutru" help
said "... is Vietnamese" 'Các lệnh'
run 0 "LC_ALL=C is English" env LC_ALL=C LANGUAGE=vi "$luutru" help
said "... whatever LANGUAGE says" 'Commands:'
missing=$(msgattrib --untranslated --no-obsolete "$TOP/po/vi.po" 2>/dev/null; msgattrib --only-fuzzy "$TOP/po/vi.po" 2>/dev/null)
check "no message waits for its translation" test -z "$missing"
