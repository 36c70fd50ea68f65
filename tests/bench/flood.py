#!/usr/bin/python3
"""Drops many small files into many folders that are watched, as fast as the disk takes them, some of them
while the watcher is down or being killed, and counts whether every one is accounted for.

flood.py [--files N] [--folders M] [--kills K] [--after keep|delete] [--build DIR] [--worker PROGRAM]

The files are PDFs of a few bytes, of which one in 50 comes twice, one in 100 is cut off and one in 100 is no
document; a worker that reads nothing takes them (tests/fault/bad-worker), for what is measured is the intake.
Prints one JSON object; ends with 1 where a file is missing, was filed twice or has no original."""
import argparse
import json
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def whole_pdf(words):
    body = f"%PDF-1.4\n% {words}\n"
    return (f"{body}xref\n0 1\n0000000000 65535 f \ntrailer\n<<>>\nstartxref\n{len(body)}\n%%EOF\n").encode()


def contents(i):
    """What becomes of the i-th file, and its bytes."""
    if i % 100 == 7:
        return "quarantined", whole_pdf(f"cut {i}")[:40]
    if i % 100 == 8:
        return "skipped", f"no document {i}\n".encode()
    if i % 50 == 10 and i > 100:
        return "duplicate", whole_pdf(f"number {i - 1}")
    return "filed", whole_pdf(f"number {i}")


class Watcher:
    def __init__(self, options, place):
        self.place = place
        self.command = [os.path.join(options.build, "luutru"), "--archive", place + "/box", "watch",
                        "--set", "settle=0.2", "--set", "patience=2", "--set", "reserve=0", "--set", "look=30",
                        "--json"]
        if options.after == "delete":
            self.command.append("--delete")
        self.command.append(place + "/in")
        self.environment = dict(os.environ, LUUTRU_WORKER=options.worker, BAD_WORKER="well")
        self.log = open(place + "/log", "ab")
        self.peak = 0
        self.run = None

    def start(self):
        self.run = subprocess.Popen(self.command, env=self.environment, stdout=self.log, stderr=self.log)

    def measure(self):
        try:
            with open(f"/proc/{self.run.pid}/status", encoding="ascii") as lines:
                for line in lines:
                    if line.startswith("VmHWM:"):
                        self.peak = max(self.peak, int(line.split()[1]))
        except OSError:
            pass

    def end(self, how):
        self.measure()
        self.run.send_signal(how)
        self.run.wait()


def states(place):
    """Ends by state, and files on their way."""
    try:
        archive = sqlite3.connect(f"file:{place}/box/archive.db?mode=ro", uri=True, timeout=30)
        return dict(archive.execute("SELECT state, count(*) FROM ledger GROUP BY state"))
    except sqlite3.Error:
        return {}


def drop(options, place, watcher, wanted):
    kills = sorted(random.Random(1758).sample(range(options.files // 4, options.files), options.kills))
    down_until = options.files // 4  # the first quarter comes before the watcher
    for i in range(options.files):
        folder = f"{place}/in/{i % options.folders}"
        if i < options.folders:
            os.makedirs(folder)
        state, data = contents(i)
        wanted[f"{folder}/{i}.pdf"] = state
        with open(f"{folder}/{i}.pdf", "wb") as file:
            file.write(data)
        if i == down_until:
            watcher.start()
        if kills and i == kills[0]:
            kills.pop(0)
            watcher.end(signal.SIGKILL)
            watcher.start()


def wait_for_end(options, place, watcher):
    """Until all came to an end, or for a while nothing moved."""
    last, since = None, time.monotonic()
    while time.monotonic() - since < 90:
        now = states(place)
        watcher.measure()
        if sum(n for state, n in now.items() if state not in ("seen", "stored", "read")) >= options.files:
            return
        if now != last:
            last, since = now, time.monotonic()
        time.sleep(0.5)


def check(place, wanted):
    """What is wrong, in words."""
    archive = sqlite3.connect(place + "/box/archive.db")
    got, wrong = {}, []
    for path, state in archive.execute("SELECT path, state FROM ledger"):
        path = os.fsdecode(path)
        if path in got and {got[path], state} != {"quarantined", "skipped"}:
            wrong.append(f"two rows: {path} {got[path]} {state}")
        got[path] = state
    for path, state in wanted.items():
        if path not in got:
            wrong.append(f"nothing is known of {path}")
        elif {got[path], state} <= {"filed", "duplicate"} or got[path] == state:
            continue  # which of two equal files is filed depends on who comes first
        else:
            wrong.append(f"{path} is {got[path]}, wanted {state}")
    sums = [row[0] for row in archive.execute("SELECT sha256 FROM document")]
    distinct = sum(state == "filed" for state in wanted.values())
    if len(sums) != distinct:
        wrong.append(f"{len(sums)} documents, wanted {distinct}")
    for value in sums:
        if not os.path.exists(f"{place}/box/objects/{value[:2]}/{value[2:]}"):
            wrong.append(f"no original of {value}")
    return wrong


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", type=int, default=100000)
    parser.add_argument("--folders", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--after", choices=("keep", "delete"), default="keep")
    parser.add_argument("--build", default=os.path.join(TOP, "build"))
    parser.add_argument("--worker")
    parser.add_argument("--place", help="a folder to work in (a temporary one)")
    options = parser.parse_args()
    options.worker = options.worker or os.path.join(options.build, "tests/fault/bad-worker")
    place = tempfile.mkdtemp(prefix="luutru-flood-", dir=options.place)
    os.mkdir(place + "/in")
    watcher, wanted = Watcher(options, place), {}
    began = time.monotonic()
    drop(options, place, watcher, wanted)
    dropped = time.monotonic()
    wait_for_end(options, place, watcher)
    ended = time.monotonic()
    watcher.end(signal.SIGTERM)
    wrong = check(place, wanted)
    left = sum(len(files) for _, _, files in os.walk(place + "/in"))
    print(json.dumps({"files": options.files, "folders": options.folders, "kills": options.kills,
                      "after": options.after, "states": states(place), "wrong": len(wrong),
                      "left": left, "drop_seconds": round(dropped - began, 1),
                      "seconds": round(ended - began, 1), "peak_kib": watcher.peak,
                      "cpu_seconds": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime, 1)}))
    for line in wrong[:20]:
        print(line, file=sys.stderr)
    shutil.rmtree(place)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
