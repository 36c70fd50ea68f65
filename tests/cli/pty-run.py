#!/usr/bin/python3
"""pty-run.py COLUMNS COMMAND…: runs it on a terminal of that width, copies what it writes, ends as it ends."""
import fcntl
import os
import pty
import struct
import sys
import termios


def main():
    child, terminal = pty.fork()
    if child == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, int(sys.argv[1]), 0, 0))
        os.execv(sys.argv[2], sys.argv[2:])
    while True:
        try:
            data = os.read(terminal, 65536)
        except OSError:  # the last writer has closed it
            break
        if not data:
            break
        os.write(1, data)
    _, status = os.waitpid(child, 0)
    sys.exit(os.waitstatus_to_exitcode(status))


main()
