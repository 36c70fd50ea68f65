#!/bin/sh
# See intake.py.
exec /usr/bin/python3 "$(dirname "$0")/intake.py"
