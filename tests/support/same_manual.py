#!/usr/bin/env python3
"""Checks that a page of the manual says the same in two languages, as far as a program can tell.

    tests/support/same_manual.py ENGLISH CHINESE

Held equal are the headings, the words in backquotes and the rates of each section, the rows of tables with
their numbers, the blocks of code (examples word for word but for comments, formulas in their numbers, names and
operators) and the links. Prints what one page has and the other has not; exit status 1 if anything.
"""
import collections
import pathlib
import re
import sys

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
RATE = re.compile(r"\d[\d,.]*(?=\s?%)")
QUOTED = re.compile(r"`([^`]+)`")
LINK = re.compile(r"\]\(([^)]+)\)")
EXAMPLE = re.compile(r"^\s*(?:[\w-]+:|\w+ .*-f )")
FORMULA = re.compile(r"[A-Za-z]\w*_\w+|(?<![A-Za-z])[A-Z](?![a-z])|\bm(?:in|ax)\b|\d[\d,.]*|[Σ·+−=(){}/~]")


def sections(path):
    """The heading's level, the lines of text, of tables and of code of each section."""
    found = [(0, [], [], [])]
    for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines():
        heading = re.match(r"(#+) ", line)
        if heading:
            found.append((len(heading[1]), [line], [], []))
        else:
            _, text, table, code = found[-1]
            (code if line.startswith("    ") else table if line.startswith("|") else text).append(line)
    return found


def words(lines):
    return collections.Counter(re.sub(r"\s+", " ", word) for word in QUOTED.findall("\n".join(lines)))


def plain(lines):
    return QUOTED.sub(" ", "\n".join(lines)).replace("（", "(").replace("）", ")")


def links(lines):
    return collections.Counter(link.replace(".zh.md", ".md") for link in LINK.findall("\n".join(lines)))


def code(lines):
    """Examples as they stand without comments; of formulas what has no language."""
    kept = []
    for line in lines:
        line = re.split(r"\s#", line)[0].rstrip()
        kept.append(line if EXAMPLE.match(line) else " ".join(FORMULA.findall(plain([line]))))
    return [line for line in kept if line]


def compare(what, here, there, faults):
    if here != there:
        if isinstance(here, collections.Counter):
            here, there = sorted((here - there).elements()), sorted((there - here).elements())
        faults.append(f"{what}: {here} / {there}")


def main(english, chinese):
    faults = []
    pairs = (sections(english), sections(chinese))
    compare("headings", *[[level for level, *_ in page] for page in pairs], faults)
    for (_, text, table, block), (_, other_text, other_table, other_block) in zip(*pairs):
        # The link from each page to the other is the one line that is of its own.
        text, other_text = ([line for line in lines if not line.startswith(("[中文]", "[English]"))]
                            for lines in (text, other_text))
        place = (text or table or [""])[0]
        compare(f"{place}: words", set(words(text)), set(words(other_text)), faults)
        compare(f"{place}: rates", set(RATE.findall(plain(text))), set(RATE.findall(plain(other_text))), faults)
        compare(f"{place}: links", links(text + table), links(other_text + other_table), faults)
        compare(f"{place}: rows", len(table), len(other_table), faults)
        for row, other in zip(table, other_table):
            compare(f"{place}: {row[:40]}: words", set(words([row])), set(words([other])), faults)
            compare(f"{place}: {row[:40]}: numbers", sorted(NUMBER.findall(plain([row]))),
                    sorted(NUMBER.findall(plain([other]))), faults)
        compare(f"{place}: code", code(block), code(other_block), faults)
    for fault in faults:
        print(fault)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main(*sys.argv[1:3])
