#!/usr/bin/env python3
"""Puts faults into the code, one at a time, and asks whether the tests notice.

    tests/mutants/run.py [chosen] [mechanical] [--from PATTERN...] [--seed N] [--count N] [--jobs N]
                         [--only TEXT]
    tests/mutants/run.py --check

chosen      every fault of chosen.txt; each must be caught
mechanical  COUNT changed operators and constants at places drawn by seed; nine in ten must be
            caught, and every survivor must stand in harmless.txt with a reason

Works in copies of the tree under build/mutants, built with sanitizers so that a read out of bounds
is noticed too. Caught means: a unit or property test fails, crashes or does not end.
"""
import argparse
import concurrent.futures
import hashlib
import os
import pathlib
import queue
import re
import resource
import shutil
import subprocess
import sys
import time
from typing import NamedTuple

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = ROOT / "tests/mutants"
WORK = ROOT / "build/mutants"
DRAWN_FROM = ["sim/rules/*.c", "sim/settlement/*.c", "sim/demand/*.c", "sim/random/*.c",
              "sim/statistics/summary.c", "sim/statistics/ranks.c", "sim/statistics/tail.c",
              "sim/statistics/uncertainty.c", "sim/base/money.c"]
MAKE = ["make", "-s", "BUILD=build", "WERROR=-w", "CFLAGS=-O1 -g0",
        "SANITIZE=-fsanitize=address,undefined -fno-sanitize-recover=all"]


class Mutant(NamedTuple):
    file: str
    line: int
    old: str   # the line before, stripped
    new: str   # the line after
    text: str  # the whole mutated file
    why: str   # what is wrong with it


# ---- faults -------------------------------------------------------------------------------------

def blocks(path):
    """Blocks of `sentence / file [@occurrence] / - old / + new`, as (sentence, file, nth, old, new)."""
    if not path.exists():
        return
    lines = [line for line in path.read_text().splitlines() if not line.startswith("#")]
    for block in "\n".join(lines).split("\n\n"):
        rows = [row for row in block.strip().splitlines()]
        if not rows:
            continue
        changes = [row for row in rows if row.startswith(("- ", "+"))]
        if len(rows) < 4 or changes != rows[-2:] or not rows[-2].startswith("- "):
            sys.exit(f"{path.name}: a block has a sentence, a file, '- old' and '+ new':\n{block}")
        file, _, nth = rows[-3].partition(" @")
        yield " ".join(rows[:-3]).rstrip("."), file, int(nth or 0), rows[-2][2:], rows[-1][2:]


def mutant_at(file, source, start, end, replacement, why):
    text = source[:start] + replacement + source[end:]
    first = source.rfind("\n", 0, start) + 1
    old = source[first:source.find("\n", end)].strip()
    new = text[first:text.find("\n", start + len(replacement))].strip()
    return Mutant(file, source.count("\n", 0, start) + 1, old, new, text, why)


def chosen():
    """The faults of chosen.txt; says of all at once which do not stand where they should."""
    found, astray = [], []
    for why, file, nth, old, new in blocks(HERE / "chosen.txt"):
        source = (ROOT / file).read_text() if (ROOT / file).exists() else ""
        places = [match.start() for match in re.finditer(re.escape(old), source)]
        if len(places) < max(nth, 1) or (not nth and len(places) != 1):
            astray.append(f"chosen.txt: '{old}' stands {len(places)} times in {file}")
            continue
        start = places[max(nth, 1) - 1]
        found.append(mutant_at(file, source, start, start + len(old), new, why))
    if astray:
        sys.exit("\n".join(astray))
    return found


TOKEN = re.compile(r"""
    (?P<skip> /\*.*?\*/ | //[^\n]* | "(?:\\.|[^"\\])*" | '(?:\\.|[^'\\])*' | ^[ \t]*\#(?:\\\n|[^\n])* )
  | (?P<number> \b(?:0[xX][0-9a-fA-F]+|\d+\.?\d*(?:[eE][-+]?\d+)?)[uUlLfF]*\b )
  | (?P<word> [A-Za-z_]\w* )
  | (?P<operator> ->|\+\+|--|<<=?|>>=?|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|[-+*/%<>!=&|^~?:;,.(){}\[\]] )
""", re.VERBOSE | re.MULTILINE | re.DOTALL)

SWAPS = {"+": "-", "-": "+", "*": "/", "/": "*", "%": "/", "<": "<= >", "<=": "< >", ">": ">= <",
         ">=": "> <", "==": "!=", "!=": "==", "&&": "||", "||": "&&", "+=": "-= =", "-=": "+= =",
         "*=": "/=", "/=": "*=", "++": "--", "--": "++", "!": " ", "<<": ">>", ">>": "<<",
         "true": "false", "false": "true"}


def replacements(kind, token):
    if kind in ("operator", "word"):
        swaps = SWAPS.get(token)
        return [] if swaps is None else swaps.split() or [""]
    if kind == "number":
        digits = re.match(r"\d+\.\d*|\d+", token).group()
        if token[:2] in ("0x", "0X"):
            return []
        rest = token[len(digits):]
        steps = ("+1", "-1") if float(digits) > 0 else ("+1",)
        return [f"({digits}{rest} {step[0]} {step[1:]})" for step in steps]
    return []


def drawn_from(patterns):
    """The files that faults are drawn from; says of all at once which patterns match none."""
    files = {pattern: sorted(ROOT.glob(pattern)) for pattern in patterns}
    astray = [f"'{pattern}' matches no file" for pattern in patterns if not files[pattern]]
    if astray:
        sys.exit("\n".join(astray))
    return [path for pattern in patterns for path in files[pattern]]


def candidates(patterns):
    for path in drawn_from(patterns):
        file, source = str(path.relative_to(ROOT)), path.read_text()
        for match in TOKEN.finditer(source):
            for replacement in replacements(match.lastgroup, match.group()):
                yield mutant_at(file, source, *match.span(), replacement,
                                f"'{match.group()}' becomes '{replacement}'")


def drawn_order(patterns, seed):
    """Candidates by a hash of seed and text, so that a change elsewhere does not redraw them all."""
    seen = {}

    def key(mutant):
        name = f"{seed}\n{mutant.file}\n{mutant.old}\n{mutant.new}"
        seen[name] = seen.get(name, 0) + 1
        return hashlib.sha256(f"{name}\n{seen[name]}".encode()).digest()

    return sorted(candidates(patterns), key=key)


def object_code(source, text):
    """What the compiler makes of the text, or None where it refuses."""
    command = ["gcc", "-std=c17", "-D_POSIX_C_SOURCE=200809L", "-Iinclude", "-Isim",
               f"-I{os.path.dirname(source)}", "-w", "-O2", "-fopenmp", "-x", "c", "-", "-S", "-o", "-"]
    done = subprocess.run(command, input=text.encode(), capture_output=True, cwd=ROOT, check=False)
    return done.stdout if done.returncode == 0 else None


def mechanical(patterns, seed, count):
    """The first `count` that compile, to something other than the original."""
    originals, found = {}, 0
    for mutant in drawn_order(patterns, seed):
        if mutant.file not in originals:
            originals[mutant.file] = object_code(mutant.file, (ROOT / mutant.file).read_text())
        code = object_code(mutant.file, mutant.text)
        if code is not None and code != originals[mutant.file]:
            yield mutant
            found += 1
            if found == count:
                return


# ---- trials -------------------------------------------------------------------------------------

class Worker:
    """A copy of the tree, built, with the time each of its tests takes."""

    def __init__(self, number):
        self.tree = WORK / f"worker-{number}"
        shutil.rmtree(self.tree, ignore_errors=True)
        shutil.copytree(ROOT, self.tree, ignore=shutil.ignore_patterns("build", ".git", "out"),
                        symlinks=True)
        if error := self.make("programs"):
            sys.exit(error)
        self.seconds = {}
        for source in sorted(self.tree.glob("tests/unit/*/test_*.c")) + sorted(
                self.tree.glob("tests/property/test_*.c")):
            test = "build/" + str(source.relative_to(self.tree))[:-2]
            start = time.monotonic()
            if not self.passes(test, 600):
                sys.exit(f"{test} fails without any fault")
            self.seconds[test] = time.monotonic() - start

    def make(self, target):
        """What went wrong, or None."""
        done = subprocess.run(MAKE + [target], cwd=self.tree, capture_output=True, text=True,
                              check=False)
        return f"make {target} failed in {self.tree}:\n{done.stderr}" if done.returncode else None

    def passes(self, test, limit):
        def bounded():
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        try:
            done = subprocess.run([self.tree / test], cwd=self.tree, timeout=limit, check=False,
                                  stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                  stderr=subprocess.DEVNULL, preexec_fn=bounded,
                                  env={**os.environ, "OMP_NUM_THREADS": "2",
                                       "ASAN_OPTIONS": "detect_leaks=0:hard_rss_limit_mb=4000"})
        except subprocess.TimeoutExpired:
            return False
        return done.returncode == 0

    def catcher(self, mutant):
        """The test that notices, or None. Asked first is the test of the same name, then those of the room, quick ones
        before slow ones."""
        name = pathlib.Path(mutant.file).stem
        room = f"unit/{pathlib.Path(mutant.file).parent.name}/"
        target = self.tree / mutant.file
        original = target.read_text()
        target.write_text(mutant.text)
        try:
            for test in sorted(self.seconds, key=lambda test: (name not in test, room not in test,
                                                               self.seconds[test])):
                if error := self.make(test):  # a fault that does not compile is none
                    print(error, flush=True)
                    return None
                if not self.passes(test, 10 + 5 * self.seconds[test]):
                    return test
            return None
        finally:
            target.write_text(original)


def try_all(mutants, workers):
    """Yields (mutant, catcher) in the order of the mutants."""
    idle = queue.Queue()
    for worker in workers:
        idle.put(worker)

    def trial(mutant):
        worker = idle.get()
        try:
            return worker.catcher(mutant)
        finally:
            idle.put(worker)

    with concurrent.futures.ThreadPoolExecutor(len(workers)) as pool:
        yield from zip(mutants, pool.map(trial, mutants))


def tell(number, mutant, catcher):
    caught = f"caught by {catcher.rpartition('/')[2]}" if catcher else "SURVIVED"
    print(f"{number:3} {mutant.file}:{mutant.line}: {mutant.why}: {caught}", flush=True)
    if not catcher:
        print(f"      - {mutant.old}\n      + {mutant.new}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="chosen|mechanical")
    parser.add_argument("--from", dest="drawn_from", nargs="+", metavar="PATTERN", default=DRAWN_FROM,
                        help="files that mechanical faults are drawn from")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", default="", help="only faults whose file or sentence holds this")
    parser.add_argument("--check", action="store_true",
                        help="only check that every chosen fault stands where it should, and that "
                             "there are files to draw others from")
    arguments = parser.parse_args()
    if arguments.check:
        print(f"{len(chosen())} chosen faults stand where they should, "
              f"others are drawn from {len(drawn_from(arguments.drawn_from))} files")
        return
    parts = arguments.parts or ["chosen", "mechanical"]

    faults = {"chosen": chosen,
              "mechanical": lambda: mechanical(arguments.drawn_from, arguments.seed, arguments.count)}
    if not set(parts) <= set(faults):
        parser.error("the parts are chosen and mechanical")
    faults = {part: [mutant for mutant in faults[part]() if arguments.only in mutant.file + mutant.why]
              for part in parts}
    harmless = {(file, old, new) for _, file, _, old, new in blocks(HERE / "harmless.txt")}
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        workers = list(pool.map(Worker, range(arguments.jobs)))
    passed = failed = 0
    for part, mutants in faults.items():
        caught = unexplained = 0
        for number, (mutant, catcher) in enumerate(try_all(mutants, workers), 1):
            tell(number, mutant, catcher)
            caught += catcher is not None
            unexplained += (catcher is None
                            and (part == "chosen" or mutant[0:1] + mutant[2:4] not in harmless))
        print(f"{part}: {caught} of {len(mutants)} caught, {len(mutants) - caught - unexplained} "
              f"harmless, {unexplained} survived\n")
        enough = unexplained == 0 and (part == "chosen" or caught >= 0.9 * len(mutants))
        passed, failed = passed + caught, failed + unexplained + (not enough and unexplained == 0)
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
