#!/bin/sh
# Sees to the Debian packages that a group of targets needs: names what is missing, then installs it.
#   packages.sh build|check|soak|train|bench...
# On a system that is not Debian it names the packages and stops. With PACKAGES_DRY_RUN=1 it only names
# them. OS_RELEASE names another os-release file (for the test of this script).
set -eu

build="gcc make pkg-config libc6-dev gettext
libglib2.0-dev libglib2.0-dev-bin libsqlite3-dev libjson-glib-dev libxlsxwriter-dev
libsoup-3.0-dev glib-networking libcrypt-dev
libpoppler-glib-dev libcairo2-dev libpango1.0-dev libleptonica-dev libtesseract-dev libseccomp-dev
poppler-data fonts-croscore tesseract-ocr-vie tesseract-ocr-script-viet"
check="perl openssl curl python3 python3-cairo python3-pil python3-numpy python3-fonttools python3-gi-cairo
gir1.2-pango-1.0 qpdf libtiff-tools poppler-utils sqlite3 strace clang-format util-linux procps"
# These may have come otherwise than by a package of that name, which would not go with it.
for program in node:nodejs npm:npm chromium:chromium; do
    command -v "${program%:*}" >/dev/null || check="$check ${program#*:}"
done
# With the reference BLAS, which python3-torch alone brings, training takes three times as long.
train="python3-torch libopenblas0-serial python3-numpy python3-cairo python3-pil fonts-croscore fonts-dejavu-core"
command -v npm >/dev/null || train="$train npm"
soak="clang libclang-rt-14-dev"
bench="python3 wrk curl poppler-utils tesseract-ocr ocrmypdf recollcmd python3-recoll"

wanted=
for group in "$@"; do
    case $group in
    build) wanted="$wanted $build" ;;
    check) wanted="$wanted $check" ;;
    train) wanted="$wanted $train" ;;
    bench) wanted="$wanted $bench" ;;
    soak) wanted="$wanted $soak" ;;
    *) echo "packages.sh: unknown group '$group' (build, check, train, soak or bench)" >&2; exit 2 ;;
    esac
done

is_installed() {
    dpkg-query -W -f '${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed
}

os_release=${OS_RELEASE:-/etc/os-release}
system=unknown
if [ -r "$os_release" ]; then
    system=$(. "$os_release" && echo "${ID:-unknown}")
fi
if [ "$system" != debian ]; then
    # Not Debian, yet the tools may all be there: then there is nothing to install.
    if command -v gcc >/dev/null && pkg-config --exists gio-unix-2.0 sqlite3 json-glib-1.0 poppler-glib \
        lept tesseract libseccomp pangocairo libsoup-3.0 2>/dev/null && [ -z "${PACKAGES_DRY_RUN:-}" ]; then
        exit 0
    fi
    echo "This system ('$system') is not Debian. Install what these Debian 12 packages hold, then try again:" >&2
    echo $wanted >&2
    exit 1
fi

missing=
for package in $wanted; do
    is_installed "$package" || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

echo "These packages are missing and will be installed:$missing"
[ -z "${PACKAGES_DRY_RUN:-}" ] || exit 0
as_root=
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || {
        echo "You are not root and there is no sudo. As root, run: apt-get install$missing" >&2
        exit 1
    }
    as_root=sudo
fi
$as_root apt-get update -qq
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $missing >/dev/null || {
    echo "apt-get could not install them all. Its own words stand above; then try again." >&2
    exit 1
}
