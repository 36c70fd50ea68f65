#!/bin/sh
# See guard.py.
exec /usr/bin/python3 "$(dirname "$0")/guard.py"
