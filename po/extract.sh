#!/bin/sh
# Collects the messages of the whole tree: po/extract.sh [FILE], po/luutru.pot where none is named.
# Then: msgmerge --update --backup=none po/vi.po po/luutru.pot, and translate what is new.
set -eu
cd "$(dirname "$0")/.."
xgettext --keyword=_ --keyword=N_ --keyword=ngettext:1,2 --keyword=g_dngettext:2,3 \
    --from-code=UTF-8 --no-location --sort-by-file --package-name=luutru --output="${1:-po/luutru.pot}" $(find cli ingest ocr store text web -name '*.c' | sort)
# A date would make every run a change.
sed -i '/^"POT-Creation-Date:/d' "${1:-po/luutru.pot}"
