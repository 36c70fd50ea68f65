#!/bin/sh
# See api.py.
exec /usr/bin/python3 "$(dirname "$0")/api.py"
