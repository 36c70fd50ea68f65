#!/bin/sh
# See guard.py. What strangers send meets the server with the address sanitizer, where that is built.
BUILD=${ASAN_BUILD:-${BUILD:-build}} exec /usr/bin/python3 "$(dirname "$0")/guard.py"
