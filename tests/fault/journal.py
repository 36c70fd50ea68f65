"""Stands in for journald in a mount namespace of its own: runs a command with standard error as a stream to
the journal, and writes the entries it gets, field by field. journal.py ENTRIES COMMAND..."""
import os
import socket
import subprocess
import sys

entries, command = sys.argv[1], sys.argv[2:]
folder = "/run/systemd/journal"
os.makedirs(folder, exist_ok=True)
subprocess.run(["mount", "-t", "tmpfs", "tmpfs", folder], check=True)
stream = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
stream.bind(folder + "/stdout")
stream.listen()
native = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
native.bind(folder + "/socket")
native.settimeout(0.1)
error = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
error.connect(folder + "/stdout")
with open(entries, "w", encoding="utf-8", errors="backslashreplace") as out:
    run = subprocess.Popen(command, stderr=error.fileno())
    while True:
        ended = run.poll() is not None
        try:
            print(native.recv(1 << 20).decode("utf-8", "backslashreplace"), file=out, flush=True)
        except socket.timeout:
            if ended:
                break
sys.exit(run.returncode)
