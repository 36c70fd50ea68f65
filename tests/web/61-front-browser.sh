#!/bin/sh
# The front end in a browser, against the real server on an archive made of samples/ (docs/office.md).
# Arguments choose groups of tests.
TOP=$(cd "$(dirname "$0")/../.." && pwd)
BUILD=${BUILD:-build}
case $BUILD in
/*) ;;
*) BUILD=$TOP/$BUILD ;;
esac
here=$TOP/tests/web/browser

skip_all() {
	echo "1..0 # SKIP $1"
	exit 0
}

command -v node >/dev/null || skip_all "node is not installed"
command -v npm >/dev/null || skip_all "npm is not installed"
CHROMIUM=${CHROMIUM:-$(command -v chromium)}
[ -x "$CHROMIUM" ] || skip_all "Chromium is not installed"

# The packages are fetched once for each lock file, and kept beside the build.
packages=$BUILD/browser
mkdir -p "$packages"
if ! cmp -s "$here/package-lock.json" "$packages/package-lock.json" || [ ! -d "$packages/node_modules" ]; then
	cp "$here/package.json" "$here/package-lock.json" "$packages"
	if ! npm ci --prefix "$packages" --ignore-scripts --no-audit --no-fund >"$packages/npm.log" 2>&1; then
		rm -f "$packages/package-lock.json"
		skip_all "npm ci could not fetch playwright-core and axe-core (see $packages/npm.log)"
	fi
fi

DIR=$(mktemp -d)
trap 'rm -rf "$DIR"' EXIT
trap 'exit 1' INT TERM
export BUILD CHROMIUM DIR TOP
TMPDIR=$DIR HOME=$DIR node "$here/run.mjs" "$@" 2>"$DIR/err"
status=$?
[ $status -eq 0 ] || sed 's/^/# /' "$DIR/err" | tail -40
exit $status
