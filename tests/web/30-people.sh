#!/bin/sh
# See people.py.
exec /usr/bin/python3 "$(dirname "$0")/people.py"
