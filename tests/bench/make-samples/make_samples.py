#!/usr/bin/python3
"""Makes dispatches with known answers: any number of each kind, the same from the same seed.

    make_samples.py --out DIR [--corpus] [--count N] [--kinds scan-g4,text,…] [--layouts letter,…] [--seed S]
    make_samples.py --out samples --samples

--count is per kind. Beside each file stands its truth, NAME.expected.json; with --corpus it is called
NAME.json, as a scorer of folders expects it. --samples makes the fixed set of this project."""
import argparse
import json
import os
import random
import sys

import compose
import special
from forms import BORN_DIGITAL, FORMS, QUALITY, Job


def years_of(form, layout):
    """Fonts in TCVN3 code end about 2009; text in PDF begins about 2006."""
    if form == "text-tcvn3":
        return 2006, 2009
    return None


def layout_of(form, rng, allowed):
    """Typewritten pages are never born digital."""
    pool = [x for x in allowed if not (x == "old" and form in BORN_DIGITAL)]
    return rng.choice(pool or ["letter"])


def by_hand(rng, dispatch, form):
    """Numbers and days written with a pen, as on most scans of some offices."""
    if form in BORN_DIGITAL or form == "mixed" or dispatch.blank:
        return
    dispatch.hand_number = rng.random() < 0.3
    dispatch.hand_date = rng.random() < 0.25


def fits(form, job):
    wanted = FORMS[form].pages
    return not (wanted == "many" and len(job.pages) < 2) and not (wanted == "one" and len(job.pages) > 1)


def random_job(form, seed, index, layouts):
    """The index-th dispatch of a form; tries again until it has as many pages as the form needs."""
    for attempt in range(200):
        rng = random.Random(f"{seed}/{form}/{index}/{attempt}")
        layout = layout_of(form, rng, layouts)
        dispatch = compose.compose(rng, layout, years=years_of(form, layout))
        by_hand(rng, dispatch, form)
        job = Job(form, dispatch, rng, quality=rng.choice((55, QUALITY, 75)))
        if fits(form, job):
            return job
    raise SystemExit(f"no dispatch of form '{form}' with the layouts {layouts} has the pages that it needs")


def sample_job(entry):
    name, form, dpi, quality, asked, changes = entry
    for attempt in range(400):
        rng = random.Random(f"{name}/{attempt}")
        dispatch = asked(rng) if callable(asked) else compose.compose(rng, **asked)
        if not callable(asked):
            dispatch.urgent = ""
        for key, value in changes.items():
            if key != "pages":
                setattr(dispatch, key, value)
        job = Job(form, dispatch, rng, dpi, quality)
        if fits(form, job) and len(job.pages) == changes.get("pages", len(job.pages)):
            return job
    raise SystemExit(f"no dispatch found for the sample '{name}'")


def write(job, folder, name, truth_suffix):
    """Writes the file and its truth; the truth last, since stamps add lines while the file is made."""
    form = FORMS[job.form]
    file = f"{name}.{form.suffix}"
    form.writer(job, os.path.join(folder, file))
    truth = job.dispatch.truth(name, file, job.form, None if job.form in BORN_DIGITAL else job.dpi)
    truth["pages"] = [page.text() for page in job.pages]
    truth["boxes"] = job.boxes()
    with open(os.path.join(folder, name + truth_suffix), "w", encoding="utf-8") as out:
        json.dump(truth, out, ensure_ascii=False, indent=1)
        out.write("\n")


def listed(text, known, what):
    names = text.split(",") if text else list(known)
    for name in names:
        if name not in known:
            raise SystemExit(f"unknown {what} '{name}'; known are: {', '.join(known)}")
    return names


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", required=True)
    parser.add_argument("--count", type=int, default=1)
    parser.add_argument("--kinds", default="")
    parser.add_argument("--layouts", default="")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--corpus", action="store_true")
    parser.add_argument("--samples", action="store_true")
    options = parser.parse_args()
    kinds = listed(options.kinds, FORMS, "kind")
    layouts = listed(options.layouts, compose.LAYOUTS, "layout")
    os.makedirs(options.out, exist_ok=True)
    suffix = ".json" if options.corpus else ".expected.json"
    if options.samples:
        for entry in special.SAMPLES:
            write(sample_job(entry), options.out, entry[0], suffix)
        return
    for form in kinds:
        for index in range(options.count):
            write(random_job(form, options.seed, index, layouts), options.out, f"{form}-{index:04d}", suffix)
        print(f"{form}: {options.count}", file=sys.stderr)


if __name__ == "__main__":
    main()
