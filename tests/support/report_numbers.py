#!/usr/bin/env python3
"""Compares the numbers of a report with those of result.json.

    report_numbers.py REPORT.html RESULT.json

Every number in a table of the report is a <data> element with its exact value. It has to be in result.json, or what is
there by scheme, added up, and the text that people read has to be that value, rounded. Errors for themselves, tables
of the data that were put in, which end the report, what was run for the report alone, and the steps of a settlement, of
which the result has the ends, are passed over.
"""
import html.parser
import json
import re
import sys

DATA = ("历史年度", "past years")
APART = ("结论主要取决于什么", "What this hangs on", "逐步计算", "step by step")


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.numbers, self.value, self.ended, self.apart = [], None, False, False

    def handle_starttag(self, tag, attributes):
        if tag in ("h2", "h3"):
            self.apart = False
        if tag == "data":
            self.value = dict(attributes)["value"]

    def handle_data(self, text):
        self.ended = self.ended or any(words in text for words in DATA)
        self.apart = self.apart or any(words in text for words in APART)
        if self.value is not None and not self.ended and not self.apart and not text.startswith("±"):
            self.numbers.append((self.value, text))
        self.value = None


def leaves(value):
    """All numbers in it."""
    if isinstance(value, (dict, list)):
        for member in value.values() if isinstance(value, dict) else value:
            yield from leaves(member)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield value


def known(result):
    """What a value may be, as text: amounts in yuan, shares and numbers as they are."""
    numbers = set(leaves(result))
    texts = {f"{abs(n):.10g}" for n in numbers} | {f"{abs(n) / 100:.2f}" for n in numbers}
    first = [b["years"][0]["total_fen"] for b in result["budget"]]
    past = [d["years"][-1]["expense_fen"] for d in result["data"]]
    texts |= {f"{sum(amounts) / 100:.2f}" for amounts in (first, past)}
    return texts


def shown(value, text):
    """Whether the text is the value, rounded: in one of the units of money, in per cent, or as it is."""
    digits = re.sub(r"[,%<>+()±*]", "", text)
    decimals = len(digits.partition(".")[2])
    number = float(digits)
    candidates = [float(value) / unit for unit in (1, 1e4, 1e6, 1e8)] + [100 * float(value)]
    half = 0.5 * 10 ** -decimals + 1e-9
    bound = text.startswith(("<", ">"))
    return bound or any(abs(abs(c) - abs(number)) <= half for c in candidates)


def main():
    page = Page()
    page.feed(open(sys.argv[1], encoding="utf-8").read())
    texts = known(json.load(open(sys.argv[2], encoding="utf-8")))
    bad = []
    for value, text in page.numbers:
        number = abs(float(value))
        if f"{number:.10g}" not in texts and f"{number:.2f}" not in texts:
            bad.append(f"{value} ({text}) is not in the result")
        if not shown(value, text):
            bad.append(f"{text} is not {value}, rounded")
    print(f"{len(page.numbers)} numbers, {len(bad)} amiss")
    print("\n".join(bad[:20]))
    return 1 if bad or len(page.numbers) < 20 else 0


sys.exit(main())
