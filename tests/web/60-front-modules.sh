#!/bin/sh
# The front end: what needs no browser (node --test), its weight, and that it makes no markup of data.
TOP=$(cd "$(dirname "$0")/../.." && pwd)
assets=$TOP/web/assets

if ! command -v node >/dev/null; then
	echo "1..0 # SKIP node is not installed"
	exit 0
fi
MODULES=$(mktemp -d)
export MODULES
trap 'rm -rf "$MODULES"' EXIT
# Node takes .js for CommonJS unless a package.json says otherwise; none is served from web/assets.
cp "$assets"/*.js "$MODULES" && echo '{"type": "module"}' >"$MODULES/package.json"

number=0
verdict() { # STATUS WHAT
	number=$((number + 1))
	if [ "$1" -eq 0 ]; then echo "ok $number - $2"; else echo "not ok $number - $2"; fi
}

node --test "$TOP"/tests/web/modules/ >"$MODULES/out" 2>&1
status=$?
verdict $status "the modules do what their tests say"
[ $status -eq 0 ] || grep -vE '^ *(duration_ms|type|stack)' "$MODULES/out" | sed 's/^/# /'

weight=$(cat "$assets"/* | wc -c)
echo "# $weight bytes"
[ "$weight" -le 150000 ]
verdict $? "all files of the front end together have at most 150,000 bytes, uncompressed"

markup=$(grep -nE 'innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|eval\(|new Function' "$assets"/*.js)
[ -z "$markup" ]
verdict $? "data never becomes markup"
[ -z "$markup" ] || echo "$markup" | sed 's/^/# /'

inline=$(grep -nEi '<style|<script>| style=| on[a-z]+=' "$assets"/*.html)
[ -z "$inline" ]
verdict $? "no script and no style stands in the page itself"

outside=$(grep -nE "(https?:)?//[a-z0-9.-]+\.[a-z]" "$assets"/* | grep -v 'http://www.w3.org/')
[ -z "$outside" ]
verdict $? "nothing is asked of another host"
[ -z "$outside" ] || echo "$outside" | sed 's/^/# /'
echo "1..$number"
