"""Runs a command as a service manager does: with a socket for what it says (sd_notify) and, where a
folder for journald's sockets can be mounted, with one for what it logs. Prints each message on a line.
notified.py SOCKET MESSAGES COMMAND..."""
import os
import socket
import subprocess
import sys

path, messages, command = sys.argv[1], sys.argv[2], sys.argv[3:]
listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
listener.bind("\0" + path[1:] if path.startswith("@") else path)
environment = dict(os.environ, NOTIFY_SOCKET=path, WATCHDOG_USEC="100000")
with open(messages, "w", encoding="utf-8") as out:
    run = subprocess.Popen(command, env=environment)
    print("PID", run.pid, file=out, flush=True)
    listener.settimeout(0.1)
    while run.poll() is None:
        try:
            print(listener.recv(65536).decode(), file=out, flush=True)
        except socket.timeout:
            pass
sys.exit(run.returncode)
