#!/usr/bin/python3
"""A day's work in minutes: day.py BUILD FOLDER [--files N] [--seconds S] [--kills N] [--seed N]

Files come into three watched folders (one keeps its sources, one moves them, one deletes them) in every way that
deliveries.py knows: slow writers, renames, atomic saves, folders moved, broken files, things that are none. Meanwhile the
watcher is killed, the disk of the archive is filled to the last byte twice, settings are read again, and others search, correct,
look after the archive and back it up. In the end archive, ledger, report and folders are compared with what was dropped.

FOLDER is an empty folder; a small disk is mounted below it: run it as root, or under unshare -Urm. Prints one JSON object;
ends with 1 where anything is not as it should be, and says what."""
import argparse
import collections
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time

import deliveries

DISK = "200m"
ON_THE_WAY = ("seen", "stored", "read")
IN_ARCHIVE = {"filed", "duplicate"}
FOLDERS = ("keep", "move", "delete")
CONFIG = """[watch]
settle=0.3
patience=2
poll=2
look=5
reserve=0
retries=5
retry-pause=1
[folder {top}/in/keep]
[folder {top}/in/move]
after=move
done={top}/done
[folder {top}/in/delete]
after=delete
"""


class Day:
    """What was dropped, and what must have become of it."""

    def __init__(self, top, seed):
        self.top, self.outside = top, top + "/outside"
        self.random = random.Random(seed)
        self.numbers = {}  # sum -> number of the dispatch
        self.made = []
        self.must, self.may = set(), set()  # sums that are to be filed, that may be
        self.paths = {}  # path -> (end, sum)

    def document(self):
        number = len(self.made) + 1
        data = deliveries.dispatch(number)
        self.made.append(data)
        self.numbers[deliveries.sum_of(data)] = f"{number}/STTTT-TTBCXB"
        return data

    def any_document(self):
        if not self.must:
            return self.document()
        return next(data for data in self.made if deliveries.sum_of(data) in self.must)

    def expect(self, path, end, data=None, moves=False):
        """moves: by the time that it is looked at, the path may be another."""
        if data is not None and end == deliveries.FILED:
            self.must.add(deliveries.sum_of(data))
        if not moves:
            self.paths[path] = (end, deliveries.sum_of(data) if data is not None else None)

    def may_be_filed(self, data):
        self.may.add(deliveries.sum_of(data))

    def forget(self, path):
        self.paths.pop(path, None)


class Watcher:
    def __init__(self, luutru, top):
        self.luutru, self.top, self.kills = luutru, top, 0
        self.log = open(top + "/log", "ab")
        self.run = None
        self.start()

    def start(self):
        self.run = subprocess.Popen([self.luutru, "--archive", self.top + "/disk/box", "watch", "--json", "--config",
                                     self.top + "/config"], stdout=self.log, stderr=self.log)

    def kill(self):
        self.run.kill()
        self.run.wait()
        self.kills += 1

    def reload(self):
        self.run.send_signal(signal.SIGHUP)

    def stop(self):
        self.run.terminate()
        return self.run.wait()


class Others:
    """What else goes on. None of it may fail for the watcher's sake, a full disk excepted."""

    def __init__(self, luutru, top, wrong):
        self.luutru, self.top, self.wrong = luutru, top, wrong
        self.turn = 0
        self.commands = (["search", "tuyen truyen"], ["status", "--json"], ["verify"], ["backup", top + "/backup"],
                         ["correct", "id:1", "place=Huế"], ["quarantine", "list"], ["export", "--format", "jsonl"])

    def step(self, disk_is_full):
        command = self.commands[self.turn % len(self.commands)]
        self.turn += 1
        ended = subprocess.run([self.luutru, "--archive", self.top + "/disk/box", *command], capture_output=True,
                               text=True, check=False)
        if ended.returncode not in (0, 1 if command[0] in ("search", "correct") else 0, 4 if disk_is_full else 0):
            self.wrong.append(f"'{' '.join(command)}' ended with {ended.returncode}: {ended.stderr.strip()[:300]}")


def fill(path):
    with open(path, "wb", buffering=0) as ballast:
        for size in (1 << 20, 1 << 12):
            try:
                while True:
                    ballast.write(bytes(size))
            except OSError:
                pass


def schedule(options, day):
    """What happens beside deliveries, by the step at which it does."""
    steps = range(options.files // 10, options.files)
    happens = collections.defaultdict(list)
    for step in day.random.sample(steps, options.kills):
        happens[step].append("kill")
    for i in (1, 2):
        full = options.files * i // 3
        happens[full].append("fill")
        happens[full + options.files // 12].append("empty")
    happens[options.files // 2].append("reload")
    for step in range(options.files // 20, options.files, max(1, options.files // 30)):
        happens[step].append("others")
    return happens


def work(options, day, watcher, others):
    """Deliveries begin one after the other, and go on beside each other."""
    happens, under_way, down_until, full = schedule(options, day), [], None, False
    ballast = day.top + "/disk/ballast"
    for step in range(options.files):
        way = day.random.choices(list(deliveries.WAYS), deliveries.WAYS.values())[0]
        place = f"{day.top}/in/{day.random.choice(FOLDERS)}"
        if day.random.random() < 0.5:
            place += f"/hộp {day.random.randrange(12)}"
            os.makedirs(place, exist_ok=True)
        under_way.append(way(day, place, f"{way.__name__}-{step}"))
        for delivery in day.random.sample(under_way, min(len(under_way), 3)):
            if next(delivery, "over") == "over":
                under_way.remove(delivery)
        for what in happens[step]:
            if what == "kill":
                watcher.kill()
                down_until = down_until or step + day.random.randrange(1, 8)
            elif what == "fill":
                fill(ballast)
                full = True
            elif what == "empty":
                os.unlink(ballast)
                full = False
            elif what == "reload":
                watcher.reload()
            else:
                others.step(full)
        if down_until and step >= down_until:
            watcher.start()
            down_until = None
        time.sleep(options.seconds / options.files)
    if down_until:
        watcher.start()
    for delivery in under_way:
        for _ in delivery:
            time.sleep(0.01)


def ledger(day):
    """Rows by path: (state, sum), the last one last."""
    rows = collections.defaultdict(list)
    archive = sqlite3.connect(f"file:{day.top}/disk/box/archive.db?mode=ro", uri=True, timeout=30)
    for path, state, value in archive.execute("SELECT path, state, sha256 FROM ledger ORDER BY id"):
        rows[os.fsdecode(path)].append((state, value))
    archive.close()
    return rows


def missing(day, rows):
    """Paths that have not come to the end that they are to have."""
    for path, (end, value) in day.paths.items():
        states = {state for state, _ in rows.get(path, ())}
        if end == deliveries.FILED and any(state in IN_ARCHIVE and got == value for state, got in rows.get(path, ())):
            continue
        if end != deliveries.FILED and end in states:
            continue
        yield path


def wait_for_end(day, deadline=240):
    """Until the ledger is as it is to be, or for a while nothing moved."""
    since, before = time.monotonic(), None
    while time.monotonic() - since < deadline:
        rows = ledger(day)
        unfinished = sum(state in ON_THE_WAY for of_path in rows.values() for state, _ in of_path)
        sums = {value for of_path in rows.values() for state, value in of_path if state in IN_ARCHIVE}
        now = (sum(map(len, rows.values())), unfinished, len(sums))
        if not unfinished and not any(missing(day, rows)) and day.must <= sums and not left_over(day):
            return
        if now != before:
            since, before = time.monotonic(), now
        time.sleep(0.3)


def left_over(day):
    """Sources that ought to be gone."""
    left = []
    for path, (end, _) in day.paths.items():
        if end == deliveries.FILED and "/in/keep/" not in path and os.path.lexists(path):
            left.append(path)
    return left


def check_archive(day, luutru, wrong):
    """One document for each that was dropped, with its number; none besides."""
    ended = subprocess.run([luutru, "--archive", day.top + "/disk/box", "export", "--format", "jsonl"],
                           capture_output=True, text=True, check=True)
    records = [json.loads(line) for line in ended.stdout.splitlines()]
    count = collections.Counter(record["sha256"] for record in records)
    for value in day.must - set(count):
        wrong.append(f"lost: {day.numbers[value]}")
    for value, times in count.items():
        if times > 1:
            wrong.append(f"filed {times} times: {day.numbers.get(value)}")
        if value not in day.must | day.may:
            wrong.append(f"nobody dropped {value} ({day.numbers.get(value)})")
    for record in records:
        if record["number"] != day.numbers.get(record["sha256"]):
            wrong.append(f"{record['source']} has the number {record['number']}")
    return len(records)


def check_ledger(day, rows, wrong):
    for path in missing(day, rows):
        wrong.append(f"{path}: {rows.get(path)}, wanted {day.paths[path][0]}")
    for path, of_path in rows.items():
        for state, _ in of_path:
            if state in ON_THE_WAY:
                wrong.append(f"{path} is left on its way: {state}")
        if sum(state == "filed" for state, _ in of_path) > 1 and "written_over" not in path:
            wrong.append(f"{path} was filed more than once")
        end, _ = day.paths.get(path, (None, None))
        if end == deliveries.FILED and any(state == "quarantined" for state, _ in of_path):
            wrong.append(f"{path} stands in quarantine, though it was filed")


def check_report(day, luutru, rows, wrong):
    """'status' and 'quarantine list' say what the ledger does, and that is what was dropped."""
    said = json.loads(subprocess.run([luutru, "--archive", day.top + "/disk/box", "status", "--json"],
                                     capture_output=True, text=True, check=True).stdout)
    counted = collections.Counter(state for of_path in rows.values() for state, _ in of_path)
    for state in set(counted) | set(said["ledger"]):
        if counted.get(state, 0) != said["ledger"].get(state, 0):
            wrong.append(f"status counts {said['ledger'].get(state)} {state}, not {counted.get(state, 0)}")
    listed = subprocess.run([luutru, "--archive", day.top + "/disk/box", "quarantine", "list", "--json"],
                            capture_output=True, text=True, check=False).stdout.splitlines()
    spoilt = {path for path, (end, _) in day.paths.items() if end == deliveries.SPOILT}
    named = {row.get("path") for row in map(json.loads, listed)} - {None}
    if named != spoilt:
        wrong.append(f"quarantined, and not meant to be: {sorted(named - spoilt)[:5]}; "
                     f"not quarantined: {sorted(spoilt - named)[:5]}")
    return said["ledger"]


def check_sources(day, wrong):
    """Kept, moved with their bytes, or gone; whatever was not filed is where it was put."""
    for path in left_over(day):
        wrong.append(f"{path} is filed and still there")
    done = set()
    for folder, _, names in os.walk(day.top + "/done"):
        for name in names:
            with open(os.path.join(folder, name), "rb") as file:
                done.add(deliveries.sum_of(file.read()))
    for path, (end, value) in day.paths.items():
        if end == deliveries.FILED and "/in/move/" in path and value not in done:
            wrong.append(f"{path} was not moved to where it was to go")
        if (end != deliveries.FILED or "/in/keep/" in path) and not os.path.lexists(path):
            wrong.append(f"{path} is gone")


def check_promises(day, luutru, wrong):
    ended = subprocess.run([luutru, "--archive", day.top + "/disk/box", "verify"], capture_output=True, text=True,
                           check=False)
    if ended.returncode != 0:
        wrong.append(f"verify: {ended.stdout[-500:]}{ended.stderr[-500:]}")
    for command in (["backup", day.top + "/backup"], ["restore", day.top + "/backup"], ["verify"]):
        place = "/disk/box" if command[0] == "backup" else "/restored"
        ended = subprocess.run([luutru, "--archive", day.top + place, *command], capture_output=True, text=True,
                               check=False)
        if ended.returncode != 0:
            wrong.append(f"{command[0]}, at the end: {ended.stderr[-500:]}")
    archive = sqlite3.connect(day.top + "/disk/box/archive.db")
    if archive.execute("SELECT count(*) FROM staged_page").fetchone()[0]:
        wrong.append("pages are left staged")
    archive.close()
    left = os.listdir(day.top + "/disk/box/objects/tmp") if os.path.isdir(day.top + "/disk/box/objects/tmp") else []
    if left:
        wrong.append(f"left half copied: {left}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("folder")
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1758)
    options = parser.parse_args()
    top, luutru = os.path.abspath(options.folder), os.path.join(os.path.abspath(options.build), "luutru")
    for name in ("in/keep", "in/move", "in/delete", "done", "outside", "disk"):
        os.makedirs(f"{top}/{name}")
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", top + "/disk"], check=True)
    with open(top + "/config", "w", encoding="utf-8") as file:
        file.write(CONFIG.format(top=top))
    day, wrong, watcher = Day(top, options.seed), [], None
    began = time.monotonic()
    try:
        watcher = Watcher(luutru, top)
        others = Others(luutru, top, wrong)
        work(options, day, watcher, others)
        wait_for_end(day)
        if watcher.stop() != 0:
            wrong.append("the watcher did not end politely")
        rows = ledger(day)
        filed = check_archive(day, luutru, wrong)
        check_ledger(day, rows, wrong)
        states = check_report(day, luutru, rows, wrong)
        check_sources(day, wrong)
        check_promises(day, luutru, wrong)
    finally:
        if watcher and watcher.run.poll() is None:
            watcher.kill()
        subprocess.run(["umount", top + "/disk"], check=False)
    print(json.dumps({"deliveries": options.files, "documents": len(day.must), "filed": filed, "ledger": states,
                      "kills": watcher.kills, "others": others.turn, "seconds": round(time.monotonic() - began),
                      "wrong": len(wrong)}))
    for line in wrong[:30]:
        print(line, file=sys.stderr)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
