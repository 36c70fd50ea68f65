#!/usr/bin/python3
"""files.py BUILD N FOLDER: N small files in a thousand folders, a tenth of them copies, filed by one run that is killed
three times on the way. All are accounted for, the archive holds every promise, and the most memory that the
coordinator used is told."""
import json
import os
import resource
import subprocess
import sys

build, count, folder = sys.argv[1], int(sys.argv[2]), sys.argv[3]
inbox, box = os.path.join(folder, "in"), os.path.join(folder, "box")
luutru = os.path.join(build, "luutru")
environment = {**os.environ, "LUUTRU_WORKER": os.path.join(build, "tests/fault/bad-worker"), "BAD_WORKER": "well"}

for number in range(count):
    place = os.path.join(inbox, str(number % 1000))
    os.makedirs(place, exist_ok=True)
    with open(os.path.join(place, f"{number}.pdf"), "w", encoding="ascii") as file:
        file.write(f"%PDF-1.4\ndocument {number // 10 * 10 if number % 10 == 9 else number}\n")
ingest = [luutru, "--archive", box, "ingest", "--json", inbox]
for kill in range(3):
    run = subprocess.Popen(ingest, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    for _ in range(count // 10):
        if not run.stdout.readline():
            break
    run.kill()
    run.wait()
    run.stdout.close()
ended = subprocess.run(ingest, env=environment, stdout=subprocess.PIPE, text=True, check=False)
most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
summary = json.loads(ended.stdout.splitlines()[-1])
status = json.loads(subprocess.run([luutru, "--archive", box, "status", "--json"], capture_output=True, text=True,
                                   check=True).stdout)
verified = subprocess.run([luutru, "--archive", box, "verify", "--json"], capture_output=True, text=True, check=False)
copies = count // 10
print(f"{count} files: {status['ledger']}, {most:.0f} MiB at most, {summary['seconds']:.0f} s in the last run")
good = (status["ledger"]["filed"] == count - copies and status["ledger"]["duplicate"] == copies
        and verified.returncode == 0 and ended.returncode == 0)
sys.exit(0 if good else 1)
