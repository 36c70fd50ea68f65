#!/usr/bin/python3
"""Times luutru against what people would otherwise use, on the same files, in one run, as ratios.

    bench.py [--build DIR] [--rounds N] [--jobs N] [--files N] FOLDER...

    luutru     luutru ingest into a new archive (text, fields, filing and search rows included)
    raster     pdftoppm -r 300 | tesseract -l vie (text only), as many side by side as luutru has workers
    layers     pdftotext on those PDFs that have a text layer (text only; scans give nothing)
    ocrmypdf   ocrmypdf --skip-text -l vie, as many jobs (a searchable PDF each), where installed
    forced     ocrmypdf --force-ocr --jobs N -l vie, one file after the other, as it is mostly used

Then, with --born N, as many born-digital PDFs of many pages, made for it, against pdftotext; and what memory
the coordinator and the largest worker took while they read --repeat times the files.

Rounds are interleaved (luutru, raster, …, luutru, raster, …), so that a machine that slows down slows all;
the ratio is taken round by round and its median shown. Every process runs Tesseract with one thread."""
import argparse
import concurrent.futures
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

PICTURES = (".tif", ".tiff", ".jpg", ".jpeg", ".png")
ENVIRONMENT = dict(os.environ, OMP_THREAD_LIMIT="1", LC_ALL="C.UTF-8")


def quiet(command, allowed=(0,)):
    """Runs a command; one that fails would look fast, so it ends the measurement."""
    done = subprocess.run(command, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    if done.returncode not in allowed:
        sys.stderr.buffer.write(done.stderr)
        sys.exit(f"bench: {' '.join(command[:6])} ended with exit code {done.returncode}")


def side_by_side(jobs, task, items):
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        list(pool.map(task, items))


def raster_one(path):
    with tempfile.TemporaryDirectory(prefix="luutru-bench-") as scratch:
        pages = [path]
        if not path.endswith(PICTURES):
            quiet(["pdftoppm", "-r", "300", path, os.path.join(scratch, "page")])
            pages = sorted(os.path.join(scratch, name) for name in os.listdir(scratch))
        for page in pages:
            quiet(["tesseract", page, "stdout", "-l", "vie"])


def ocrmypdf_one(path):
    with tempfile.TemporaryDirectory(prefix="luutru-bench-") as scratch:
        command = ["ocrmypdf", "--skip-text", "-l", "vie", "--output-type", "pdf", "--optimize", "0", "--jobs", "1"]
        if path.endswith(PICTURES):
            command += ["--image-dpi", "300"]
        quiet(command + [path, os.path.join(scratch, "out.pdf")])


def ocrmypdf_forced(path, jobs):
    with tempfile.TemporaryDirectory(prefix="luutru-bench-") as scratch:
        command = ["ocrmypdf", "--force-ocr", "-l", "vie", "--jobs", str(jobs)]
        if path.endswith(PICTURES):
            command += ["--image-dpi", "300"]
        quiet(command + [path, os.path.join(scratch, "out.pdf")], (0, 10))  # 10: no PDF/A, but a PDF


def ways(options, luutru, files):
    pdfs = [path for path in files if not path.endswith(PICTURES)]

    def ours():
        with tempfile.TemporaryDirectory(prefix="luutru-bench-") as scratch:
            quiet([luutru, "--archive", os.path.join(scratch, "a"), "ingest", "--jobs", str(options.jobs)] + files, (0, 1))

    def raster():
        side_by_side(options.jobs, raster_one, files)

    def layers():
        side_by_side(options.jobs, lambda path: quiet(["pdftotext", "-layout", path, "-"]), pdfs)

    def ocrmypdf():
        side_by_side(options.jobs, ocrmypdf_one, files)

    table = {"luutru": ours}
    if shutil.which("pdftoppm") and shutil.which("tesseract"):
        table["raster"] = raster
    if shutil.which("pdftotext") and pdfs:
        table["layers"] = layers
    if shutil.which("ocrmypdf"):
        table["ocrmypdf"] = ocrmypdf
        table["forced"] = lambda: [ocrmypdf_forced(path, options.jobs) for path in files]
    return table


def measure(table, rounds):
    seconds = {name: [] for name in table}
    for number in range(1, rounds + 1):
        for name, way in table.items():
            started = time.monotonic()
            way()
            seconds[name].append(time.monotonic() - started)
        print(f"round {number} of {rounds}: " + ", ".join(f"{name} {seconds[name][-1]:.1f} s" for name in table), flush=True)
    return seconds


def count_pages(luutru, files):
    """Pages luutru counts, from one filing that is not timed (it also warms the disk's cache)."""
    with tempfile.TemporaryDirectory(prefix="luutru-bench-") as scratch:
        archive = os.path.join(scratch, "a")
        quiet([luutru, "--archive", archive, "ingest"] + files, (0, 1))
        out = subprocess.run([luutru, "--archive", archive, "export", "--format", "jsonl"], stdout=subprocess.PIPE, check=False)
        return sum(json.loads(line)["page_count"] for line in out.stdout.decode("utf-8").splitlines())


def make_born_digital(count, scratch):
    """PDFs of some twenty pages with a text layer, no two alike."""
    single, many = os.path.join(scratch, "single"), os.path.join(scratch, "many")
    os.mkdir(many)
    maker = os.path.join(os.path.dirname(os.path.abspath(__file__)), "make-samples", "make_samples.py")
    quiet([sys.executable, maker, "--out", single, "--corpus", "--kinds", "text", "--count", str(count)])
    pages = sorted(os.path.join(single, name) for name in os.listdir(single) if name.endswith(".pdf"))
    for i in range(count):
        quiet(["pdfunite"] + (pages[i:] + pages[:i])[:12] + [os.path.join(many, f"{i:04}.pdf")])
    return sorted(os.path.join(many, name) for name in os.listdir(many))


def born_digital(options, luutru):
    """Ingest to a durable archive against pdftotext, which writes its text nowhere."""
    with tempfile.TemporaryDirectory(prefix="luutru-bench-") as scratch:
        files = make_born_digital(options.born, scratch)
        pages = count_pages(luutru, files)
        table = {
            "luutru": ways(options, luutru, files)["luutru"],
            "pdftotext": lambda: side_by_side(options.jobs, lambda path: quiet(["pdftotext", path, "-"]), files),
        }
        print(f"\nborn digital: {len(files)} files, {pages} pages")
        seconds = measure(table, options.rounds)
    ratio = statistics.median(ours / other for other, ours in zip(seconds["pdftotext"], seconds["luutru"]))
    print(f"luutru takes {ratio:.2f} times as long as pdftotext (goal: 1.3)")


def most_memory(pid):
    """The process's largest resident size so far, in MiB; 0 where it is gone."""
    try:
        with open(f"/proc/{pid}/status", encoding="ascii") as status:
            return next((int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM:")), 0)
    except OSError:
        return 0


def children(pid):
    try:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
            return [int(child) for child in file.read().split()]
    except OSError:
        return []


def memory(options, luutru, files):
    with tempfile.TemporaryDirectory(prefix="luutru-bench-") as scratch:
        copies = []
        for i in range(options.repeat):
            for path in files:
                copies.append(os.path.join(scratch, f"{i}-{os.path.basename(path)}"))
                shutil.copyfile(path, copies[-1])
                with open(copies[-1], "ab") as copy:
                    copy.write(b"\n%% %d\n" % i)  # other bytes, so that it is another document
        command = [luutru, "--archive", os.path.join(scratch, "a"), "ingest", "--jobs", str(options.jobs)] + copies
        process = subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        coordinator, workers = [], {}
        while process.poll() is None:
            coordinator.append(most_memory(process.pid))
            for child in children(process.pid):
                workers.setdefault(child, []).append(most_memory(child))
            time.sleep(0.2)
    largest = max(workers.values(), key=max, default=[0])
    print(f"\nmemory over {len(copies)} files: coordinator {max(coordinator):.0f} MiB (goal: 100), largest worker "
          f"{max(largest):.0f} MiB (goal: 250), half way {largest[len(largest) // 2]:.0f} MiB")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", metavar="FOLDER")
    parser.add_argument("--build", default="build")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--files", type=int, default=0, metavar="N", help="the first N files only")
    parser.add_argument("--born", type=int, default=60, metavar="N", help="born-digital PDFs to make; 0: none")
    parser.add_argument("--repeat", type=int, default=3, metavar="N", help="times the files are read for memory; 0: none")
    options = parser.parse_args()
    files = sorted(os.path.join(folder, name) for folder in options.folders for name in os.listdir(folder)
                   if name.endswith(PICTURES + (".pdf",)))
    files = files[: options.files] if options.files else files
    if not files:
        sys.exit("bench: no documents in " + ", ".join(options.folders))
    luutru = os.path.abspath(os.path.join(options.build, "luutru"))
    pages = count_pages(luutru, files)
    print(f"{len(files)} files, {pages} pages, {options.jobs} side by side")
    table = ways(options, luutru, files)
    seconds = measure(table, options.rounds)
    print(f"\n{'':10s}{'median s':>10s}{'pages/s':>10s}{'x luutru':>10s}   (each round's time over luutru's, median)")
    for name in table:
        ratio = statistics.median(other / ours for other, ours in zip(seconds[name], seconds["luutru"]))
        median = statistics.median(seconds[name])
        print(f"{name:10s}{median:10.1f}{pages / median:10.2f}{ratio:10.2f}")
    if options.born:
        born_digital(options, luutru)
    if options.repeat:
        memory(options, luutru, files)


main()
