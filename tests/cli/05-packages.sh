#!/bin/sh
# packages.sh names what is missing before anything is installed, and stops where it is not Debian.
. "$(dirname "$0")/tap"
plan 6
export PACKAGES_DRY_RUN=1

printf 'ID=fedora\n' >other
run 1 "another system is not touched" env OS_RELEASE="$DIR/other" "$TOP/packages.sh" build
said "... it is named" "'fedora'"
said "... with the packages to look for" 'libtesseract-dev'
run 1 "nor is one that does not say what it is" env OS_RELEASE="$DIR/nowhere" "$TOP/packages.sh" build
run 2 "an unknown group is refused" "$TOP/packages.sh" everything
said "... by its name" "'everything'"
