#!/usr/bin/python3
"""Holds scoring.py against the corpus's reference scorer: the same verdicts on a list of hard pairs.

    check_scoring.py REFERENCE_FOLDER      prints one TAP line a pair"""
import os
import sys

import scoring

PAIRS = [
    ("number", "1758/STTTT-TTBCXB", "1758 / STTTT-TTBCXB"),
    ("number", "12/QĐ-UBND", "12/QÐ-UBND"),
    ("number", "12/QĐ-UBND", "12/QD-UBND"),
    ("number", "27-KH/ĐU", "27–KH/ĐU"),
    ("date", "2023-09-18", "2023-09-18"),
    ("date", "2023-09-18", "2023-09-19"),
    ("issuer", "Sở Văn hóa", "SỞ VĂN HOÁ"),
    ("issuer", "Ủy ban nhân dân", "Uỷ ban nhân dân"),
    ("issuer", "Ủy ban nhân dân", "Ủy ban nhan dân"),
    ("subject", "Về việc tăng cường công tác văn thư", "V/v tăng cường công tác văn thư"),
    ("subject", "tăng cường công tác văn thư, lưu trữ tại các cơ quan", "tăng cường công tác văn thư lưu trữ tại các cơ quan."),
    ("subject", "tăng cường công tác văn thư", "tăng cường công tác"),
    ("signer", "Lý Quốc Thủy", "Lý Quốc Thuỷ"),
]
TEXTS = [
    ("Thủy hoà khoẻ, quý “hoàn” toàn.", "Thuỷ hòa khỏe quý hoàn toàn"),
    ("Độc lập - Tự do", "Độc lập — Tự do"),
    ("một hai hai ba", "hai một bốn"),
    ("", ""),
]


def main():
    sys.path.insert(0, sys.argv[1])
    spec = {}
    with open(os.path.join(sys.argv[1], "score.py"), encoding="utf-8") as file:
        exec(file.read().rsplit("\nmain()", 1)[0], spec)  # its functions, without its main
    print(f"1..{len(PAIRS) + len(TEXTS)}")
    number = 0
    for field, truth, got in PAIRS:
        number += 1
        same = spec["field_ok"](field, truth, got) == scoring.field_right(field, truth, got)
        print(f"{'ok' if same else 'not ok'} {number} - {field}: {truth} against {got}")
    for truth, got in TEXTS:
        number += 1
        theirs = spec["f1"](spec["words"](truth), spec["words"](got))
        ours = scoring.words_f1(scoring.words(truth), scoring.words(got))
        print(f"{'ok' if abs(theirs - ours) < 1e-12 else 'not ok'} {number} - words: {truth!r} against {got!r}")


main()
