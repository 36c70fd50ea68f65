"""How results are compared with the truth: levelling, words, fields, intervals.

The figures are those of the corpus's own description (its README, "How it is scored"); the test
tests/bench/check_scoring.py holds them against the corpus's reference scorer where that is there."""
import collections
import math
import random
import re
import unicodedata

FIELDS = ("number", "date", "issuer", "type", "subject", "signer")
JSON_KEY = {"date": "issued_date"}

# The older custom of placing tone marks, levelled to the newer one: hoà = hòa.
_TONES = "\u0300\u0301\u0309\u0303\u0323"  # grave, acute, hook, tilde, dot below
_OPEN_RHYMES = ("oa", "oe", "uy")


def _older_to_newer():
    table = {}
    for rhyme in _OPEN_RHYMES:
        for tone in _TONES:
            older = unicodedata.normalize("NFC", rhyme + tone)
            newer = unicodedata.normalize("NFC", rhyme[0] + tone + rhyme[1])
            if len(older) == 2 and len(newer) == 2:
                table[older] = newer
    return table


_NEWER = _older_to_newer()
_OLDER_AT_END = re.compile("(" + "|".join(_NEWER) + r")(?!\w)")
_WORD = re.compile(r"[^\s,;:.()\[\]“”\"'|_—-]+")


def level(text):
    text = unicodedata.normalize("NFC", text or "").casefold()
    text = text.replace("ð", "đ").replace("–", "-").replace("’", "'")
    text = _OLDER_AT_END.sub(lambda match: _NEWER[match[1]], text)
    return re.sub(r"\s+", " ", text).strip(" .;:,")


def words(text):
    return collections.Counter(_WORD.findall(level(text)))


def words_f1(truth, got):
    total = sum(truth.values()) + sum(got.values())
    return 2 * sum((truth & got).values()) / total if total else 1.0


def squeeze(text):
    return re.sub(r"\s", "", level(text))


def field_right(field, truth, got):
    if field == "number":
        return squeeze(truth) == squeeze(got)
    truth, got = level(truth), level(got)
    if field == "subject":
        lead = re.compile(r"^(v/v|về việc|về)\s+")
        return words_f1(words(lead.sub("", truth)), words(lead.sub("", got))) >= 0.9
    return truth == got


def result_right(field, truth, result):
    """Whether a line of `export --format jsonl` has the field right."""
    got = result.get(JSON_KEY.get(field, field)) or ""
    if field_right(field, truth, got):
        return True
    return field == "issuer" and field_right(field, truth, result.get("issuer_as_printed") or "")


def number_stands(truth, text):
    """Whether a text has a register's number whole, as no part of a longer one."""
    number = re.escape(squeeze(truth))
    return any(re.search(rf"(?<![\w.]){number}(?!\w)", squeeze(line)) for line in text.splitlines())


def references_f1(truth, result):
    want = {squeeze(reference["number"]) for reference in truth}
    have = {squeeze(reference["number"]) for reference in result.get("references") or []}
    return 2 * len(want & have) / (len(want) + len(have))


def confidence(field, result):
    return (result.get("confidence") or {}).get(JSON_KEY.get(field, field)) or 0.0


def best_guess(field, result):
    """The value given or, where it was withheld, the best candidate."""
    key = JSON_KEY.get(field, field)
    if result.get(key) is not None:
        return result[key]
    candidates = (result.get("candidates") or {}).get(key) or []
    return candidates[0]["value"] if candidates else ""


def is_printed(field, truth):
    """Whether the truth has the field, and has it in print."""
    return bool(truth.get(field)) and not truth.get(f"handwritten_{field}")


BINS = ((0.97, 1.01), (0.9, 0.97), (0.8, 0.9), (0.7, 0.8), (0.5, 0.7), (0.0, 0.5))


def calibration(claims):
    """Rows of (from, to, n, mean claimed, share right) of claims (confidence, right), surest first."""
    rows = []
    for low, high in BINS:
        inside = [(claimed, right) for claimed, right in claims if low <= claimed < high]
        if inside:
            n = len(inside)
            rows.append((low, min(high, 1.0), n, sum(c for c, _ in inside) / n, sum(r for _, r in inside) / n))
    return rows


def wilson(right, n, z=1.96):
    """The 95 % interval of a share, Wilson's score interval (1927)."""
    if n == 0:
        return 0.0, 1.0
    share = right / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def bootstrap(values, rounds=1000, seed=1):
    """The 95 % interval of a mean, by percentiles of resampled means."""
    if len(values) < 2:
        return 0.0, 1.0
    draw = random.Random(seed)
    means = sorted(sum(draw.choices(values, k=len(values))) / len(values) for _ in range(rounds))
    return means[int(0.025 * rounds)], means[int(0.975 * rounds) - 1]
