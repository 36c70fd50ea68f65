"""Has read-digits read crops, and says how often it is right: by string, by digit, and where it was sure."""

import collections
import math
import struct
import subprocess

import numpy

DAYS = [str(day) for day in range(1, 32)] + ["%02d" % day for day in range(1, 10)]
MONTHS = [str(month) for month in range(1, 13)] + ["%02d" % month for month in range(1, 10)]
CLOSED = {"day": DAYS, "month": MONTHS}
BARS = (0.9, 0.95)


class Answer:
    def __init__(self, best, asked):
        self.best = best    # (string, probability), best first
        self.asked = asked  # value: probability, of the strings of the calendar, added up by value


def views(strip):
    """The strip, and moved up, down and to the side."""
    moved = [strip]
    for rows in (-1, 1):
        moved.append(numpy.roll(strip, rows, axis=0))
    moved.append(numpy.concatenate([numpy.zeros((48, 1), numpy.uint8), strip], axis=1))
    return moved


def question(crop):
    parts = []
    strips = views(crop.strip)
    parts.append(struct.pack("<I", len(strips)))
    for strip in strips:
        parts.append(struct.pack("<I", strip.shape[1]) + numpy.ascontiguousarray(strip).tobytes())
    asked = CLOSED.get(crop.kind, [])
    parts.append(struct.pack("<I", len(asked)))
    parts += [text.encode().ljust(16, b"\0") for text in asked]
    return b"".join(parts)


def ask(program, model, crops):
    """Answers by name of crop."""
    done = subprocess.run([program, model], input=b"".join(map(question, crops)), stdout=subprocess.PIPE, check=True)
    lines = done.stdout.decode().split("\n")
    answers = {}
    for place, crop in enumerate(crops):
        best = [guess.rsplit("=", 1) for guess in lines[2 * place].split("\t")]
        asked = collections.Counter()
        for text, value in zip(CLOSED.get(crop.kind, []), lines[2 * place + 1].split("\t")):
            asked[text.lstrip("0")] += float(value)
        answers[crop.name] = Answer([(text, float(value)) for text, value in best], asked)
    return answers


def values(crop, answer):
    """(value, probability) best first: days and months of the calendar, else strings, leading zeros aside."""
    if crop.kind in CLOSED:
        return answer.asked.most_common()
    added = collections.Counter()
    for text, probability in answer.best:
        added[text.lstrip("0") or text] += probability
    return added.most_common()


def wilson(right, count):
    """The 95 % interval of a share."""
    if count == 0:
        return 0.0, 1.0
    z, share = 1.96, right / count
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count)) / (1 + z * z / count)
    return middle - half, middle + half


def share(right, count):
    low, high = wilson(right, count)
    return f"{right}/{count} = {100 * right / max(count, 1):.1f} % ({100 * low:.1f} to {100 * high:.1f})"


def aligned(truth, text):
    """Pairs of signs by the cheapest way from truth to text; '' for what is too little or too much."""
    table = {(0, 0): (0, [])}
    for i in range(len(truth) + 1):
        for j in range(len(text) + 1):
            ways = []
            if i and j:
                ways.append((table[i - 1, j - 1], truth[i - 1], text[j - 1]))
            if i:
                ways.append((table[i - 1, j], truth[i - 1], ""))
            if j:
                ways.append((table[i, j - 1], "", text[j - 1]))
            if ways:
                cost, pairs, a, b = min((before[0] + (a != b), before[1], a, b) for before, a, b in ways)
                table[i, j] = cost, pairs + [(a, b)]
    return table[len(truth), len(text)][1]


def surprise(crops, answers):
    """The mean of -log of the probability that the truth was given, over what is written by hand: the less,
    the better the probabilities say how sure one may be."""
    total, count = 0.0, 0
    for crop in crops:
        if crop.handwritten and crop.kind != "year":
            found = dict(values(crop, answers[crop.name]))
            total -= math.log(max(found.get(crop.truth.lstrip("0"), 0), 1e-4))
            count += 1
    return total / max(count, 1)


def report(title, crops, answers):
    print(f"\n== {title}")
    confused, digits = collections.Counter(), [0, 0]
    for handwritten in (True, False):
        for kind in ("number", "day", "month", "year"):
            these = [crop for crop in crops if crop.kind == kind and crop.handwritten == handwritten]
            rows = [(crop, values(crop, answers[crop.name])) for crop in these]
            rows = [(crop, found or [("", 0.0)]) for crop, found in rows]
            right = [found[0][0] == crop.truth.lstrip("0") for crop, found in rows]
            print(f"{'hand' if handwritten else 'print'} {kind}: {share(sum(right), len(rows))}", end="")
            for bar in BARS:
                sure = [good for good, (crop, found) in zip(right, rows) if found[0][1] >= bar]
                print(f"; at {bar}: {sum(sure)} of {len(sure)}", end="")
            print()
            for good, (crop, found) in zip(right, rows):
                if not good and kind != "year":
                    print(f"    {crop.name} {crop.text}: " + ", ".join(f"{t} {p:.2f}" for t, p in found[:3]))
            if handwritten and kind in ("number", "day"):
                for crop, _ in rows:
                    for a, b in aligned(crop.text, answers[crop.name].best[0][0]):
                        digits[0] += a == b
                        digits[1] += 1
                        confused[a, b] += a != b
    print(f"digits of handwritten numbers and days: {share(*digits)}")
    print("taken for another: " + ", ".join(f"{a or '-'}>{b or '-'} {n}" for (a, b), n in confused.most_common(20) if n))
