#!/usr/bin/python3
"""Fault points (store/fault.h), driven: points.py trace|kill|watch|errors LUUTRU WORKER LIST FOLDER [EACH [ONLY]].

  trace   follows one filing with strace: every call that changes the archive, a source or the folder for
          filed sources stands between a point before it and one after it, in the order that keeps files
          safe, and the points passed are those of LIST
  kill    kills a run at every point (EACH times it is passed: 'all', or a number of samples), lets the next
          run end, and compares archive, ledger and files with those of an undisturbed run
  watch   the same of a watcher that takes what is there
  errors  the same with errors in place of kills

ONLY, a regular expression, limits kills and errors to points of such names, so that hours can be cut into parts.
FOLDER is an empty folder, SHELF (environment) one on another file system, where there is one. Prints what
is wrong; exit 1 where anything is."""
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys

mode, luutru, worker, points_list, folder = sys.argv[1:6]
each = sys.argv[6] if len(sys.argv) > 6 else "3"
only = re.compile(sys.argv[7] if len(sys.argv) > 7 else "")
shelf = os.environ.get("SHELF")
ENVIRONMENT = {**os.environ, "LUUTRU_WORKER": worker, "BAD_WORKER": "well", "LC_ALL": "C.UTF-8",
               "ASAN_OPTIONS": "detect_leaks=0"}
problems = []


def problem(text):
    problems.append(text)
    print(text, flush=True)


class Place:
    """A folder with sources, an archive and a folder for filed sources."""

    def __init__(self, name):
        self.top = os.path.join(folder, name)
        self.box = os.path.join(self.top, "box")
        self.inbox = os.path.join(self.top, "in")
        self.done = os.path.join(shelf or self.top, "done")
        shutil.rmtree(self.top, ignore_errors=True)
        shutil.rmtree(self.done, ignore_errors=True)
        os.makedirs(self.inbox)
        for number in (1, 2):
            self.put(f"{number}.pdf", self.document(number))
        self.put("copy-of-1.pdf", self.document(1))
        self.put("empty.pdf", "")
        self.put("notes.txt", "no document\n")

    @staticmethod
    def document(number):
        """As far as a watcher asks, a whole PDF."""
        body = f"%PDF-1.4\ndocument {number}\n"
        return (body + f"xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 1>>\nstartxref\n{len(body)}\n%%EOF\n")

    def put(self, name, text):
        path = os.path.join(self.inbox, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        os.utime(path, ns=(1_700_000_000_000_000_000, 1_700_000_000_000_000_000))

    def run(self, fault=None, log=None, command=()):
        environment = dict(ENVIRONMENT)
        if fault:
            environment["LUUTRU_FAULT"] = fault
        if log:
            environment["LUUTRU_FAULT_LOG"] = log
        takes = ["watch", "--once", "--set=settle=0", "--set=patience=0", "--set=retries=0"] if mode == "watch" else ["ingest"]
        takes += ["--set=jobs=1"] if mode == "watch" else ["--jobs", "1"]
        ended = subprocess.run(
            [*command, luutru, "--archive", self.box, *takes, "--move", self.done, self.inbox],
            env=environment, capture_output=True, text=True, check=False)
        return ended

    def luutru(self, *words):
        return subprocess.run([luutru, "--archive", self.box, *words], env=ENVIRONMENT, capture_output=True,
                              text=True, check=False)

    def state(self):
        """All that a person could tell two archives by, ids and times aside."""
        records = []
        for line in self.luutru("export", "--format", "jsonl", "--text").stdout.splitlines():
            record = json.loads(line)
            for key in ("id", "filed_at", "source"):
                record.pop(key, None)
            records.append(json.dumps(record, sort_keys=True))
        status = json.loads(self.luutru("status", "--json").stdout or "{}")
        verified = self.luutru("verify")
        return {
            "records": sorted(records),
            "ledger": status.get("ledger"),
            "files": sorted(self.files(self.box, ("objects",))),
            "in": sorted(self.files(self.inbox)),
            "done": sorted(self.files(self.done)),
            "verify": (verified.returncode, verified.stderr if verified.returncode else ""),
        }

    @staticmethod
    def files(top, only=None):
        for path, _, names in os.walk(top):
            inside = os.path.relpath(path, top)
            if only and not inside.startswith(only):
                continue
            for name in names:
                with open(os.path.join(path, name), "rb") as file:
                    yield os.path.join(inside, name), hashlib.sha256(file.read()).hexdigest()


def logged(place, fault=None):
    """How a run of the place ended, and the points that it passed."""
    log = os.path.join(folder, "log")
    if os.path.exists(log):
        os.unlink(log)
    ended = place.run(fault=fault, log=log)
    with open(log, encoding="utf-8") as lines:
        return ended, lines.read().split()


def undisturbed():
    place = Place("whole")
    ended, passed = logged(place)
    if ended.returncode != 1:  # one file is empty
        problem(f"an undisturbed run ends with {ended.returncode}: {ended.stderr}")
    return place.state(), passed


def strike(name, number, action):
    """A run in a fresh place that meets the action at that passing of the point: what it is called, the place, and
    how the run ended. Now and then a run writes a page less than the one before it, with the order of its files and
    the size of its times; where the passing never came, the last one that did is taken."""
    while True:
        what = f"{name}#{number}={action}"
        place = Place("struck")
        ended, passed = logged(place, what)
        count = passed.count(name)
        if count >= number:
            return what, place, ended
        if count == 0:
            problem(f"{what}: the point was not passed")
            return what, place, ended
        number = count


def known_points():
    with open(points_list, encoding="utf-8") as lines:
        return {line.split()[0] for line in lines if line.strip() and not line.startswith("#")}


def samples(count):
    if each == "all" or count <= int(each):
        return range(1, count + 1)
    if int(each) == 1:
        return [count]
    step = (count - 1) / (int(each) - 1)
    return sorted({round(1 + step * i) for i in range(int(each))})


def compare(what, wanted, place):
    got = place.state()
    for key, value in wanted.items():
        if got[key] != value:
            problem(f"{what}: {key} is\n  {got[key]}\nand not\n  {value}")


def kill():
    wanted, passed = undisturbed()
    tried = 0
    for name in sorted(filter(only.match, set(passed))):
        for number in samples(passed.count(name)):
            what, place, ended = strike(name, number, "kill")
            if ended.returncode != -9:
                problem(f"{what}: the run was not killed but ended with {ended.returncode}: {ended.stderr}")
            place.run()
            compare(what, wanted, place)
            tried += 1
    print(f"{tried} kills at {len(list(filter(only.match, set(passed))))} points")


# The point, the error, and how the run may end with it: 1 is how it ends undisturbed.
ERRORS = [
    ("lock.write", "ENOSPC", {4}),
    ("folder.mkdir", "ENOSPC", {4}), ("folder.sync", "EIO", {4}),
    ("original.write", "ENOSPC", {4}), ("original.write", "EDQUOT", {4}), ("original.write", "EIO", {4}),
    ("original.write", "SHORT", {1}),
    ("original.sync", "EIO", {4}), ("original.rename", "EIO", {4}),
    ("journal.write", "EIO", {4}), ("journal.sync", "EIO", {4}),
    ("wal.write", "ENOSPC", {4}), ("wal.write", "EIO", {4}), ("wal.write", "SHORT", {4}), ("wal.sync", "EIO", {1, 4}),
    ("db.write", "ENOSPC", {1, 4}), ("db.write", "SHORT", {1, 4}), ("db.sync", "EIO", {1, 4}),
    ("db.lock", "BUSY", {1, 75}), ("wal.unlink", "EIO", {1}),
    ("transaction.commit", "EIO", {4}),
    ("move.rename", "EIO", {1}), ("move.write", "ENOSPC", {1}), ("move.write", "SHORT", {1}),
    ("move.sync", "EIO", {1}), ("move.unlink", "EIO", {1}),
]


def errors():
    wanted, passed = undisturbed()
    tried = 0
    for name, error, exits in ERRORS:
        count = passed.count(f"{name}.before")
        if not only.match(name) or (count == 0 and name.startswith("move.")):  # without a second file system
            continue
        for number in samples(count):
            what, place, ended = strike(f"{name}.before", number, error)
            if ended.returncode not in exits:
                problem(f"{what}: the run ends with {ended.returncode}, not {exits}: {ended.stderr}")
            if ended.returncode == 4 and "luutru: " not in ended.stderr:
                problem(f"{what}: nothing says why")
            place.run()
            compare(what, wanted, place)
            tried += 1
    print(f"{tried} errors at {len(ERRORS)} points")


CALL = re.compile(r"^(?P<name>\w+)\((?P<rest>.*)\) += (?P<result>-?\d+|\?)")
POINT = re.compile(r'^access\("/fault/([^"]+)"')
TRACED = ("access,write,writev,pwrite64,pwritev,fsync,fdatasync,rename,renameat,renameat2,link,linkat,unlink,"
          "unlinkat,ftruncate,truncate,mkdir,mkdirat,copy_file_range,sendfile")
# Not what a crash must find again: SQLite makes the -shm file anew, the lock's text is for people.
PASSED_OVER = re.compile(r'-shm>|-shm"|mkdir\("[^"]*/(box|done)"|ftruncate\(\d+</[^>]*/lock>|write\(\d+<pipe:')


def follow(place):
    """The events of one filing: ('point', name) and ('call', name, text)."""
    trace = os.path.join(folder, "trace")
    ended = place.run(command=("strace", "-y", "-s", "256", "-e", "trace=" + TRACED, "-o", trace))
    if ended.returncode != 1:
        problem(f"the traced run ends with {ended.returncode}: {ended.stderr}")
    with open(trace, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            point = POINT.match(line)
            call = CALL.match(line)
            if point:
                yield ("point", point.group(1), line)
            elif call and call.group("name") != "access":
                touched = any(top in call.group("rest") for top in (place.box, place.inbox, place.done))
                if touched and not PASSED_OVER.search(line):
                    yield ("call", call.group("name"), line)


def trace():
    names, within, done = set(), None, []
    place = Place("traced")
    for kind, name, line in follow(place):
        if kind == "call":
            if within is None:
                problem(f"a call outside of any fault point: {line.strip()}")
            done.append((name, line))
            continue
        names.add(name)
        within = name if name.endswith(".before") else None
    known = known_points()
    for name in sorted(known - names):
        problem(f"listed, but not passed: {name}")
    for name in sorted(names - known):
        problem(f"passed, but not listed: {name}")
    check_order(place, done)
    print(f"{len(names)} points, {len(done)} calls")


def check_order(place, calls):
    """write, fsync, rename, fsync of the folder, commit; and only then does the source go."""
    def first(pattern, start=0):
        return next((i for i in range(start, len(calls)) if re.search(pattern, calls[i][1])), None)

    for match in {re.search(r'rename\("([^"]*/tmp/incoming-[^"]*)", "([^"]*)"', line) for _, line in calls} - {None}:
        temporary, final = match.groups()
        renamed = first(re.escape(match.group(0)))
        written = [i for i, (name, line) in enumerate(calls) if name == "write" and temporary in line]
        synced = first(rf"fsync\(\d+<{re.escape(temporary)}>", written[-1])
        folder_synced = first(rf"fsync\(\d+<{re.escape(os.path.dirname(final))}>", renamed)
        committed = first(r"f(data)?sync\(\d+<[^>]*/archive\.db-wal>", folder_synced or 0)
        if None in (synced, folder_synced, committed) or not written[-1] < synced < renamed:
            problem(f"{final} is not synced in order")
    for i, (name, line) in enumerate(calls):
        if re.match(r"(unlink|rename)", name) and f'"{place.inbox}/' in line:
            if first(r"f(data)?sync\(\d+<[^>]*/archive\.db-wal>") > i:
                problem(f"a source goes before anything is committed: {line.strip()}")


{"trace": trace, "kill": kill, "watch": kill, "errors": errors}[mode]()
sys.exit(1 if problems else 0)
