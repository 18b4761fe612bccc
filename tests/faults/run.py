#!/usr/bin/env python3
"""Lets each allocation and each write of baogan fail, one a run, and asks for a clear end.

    tests/faults/run.py [BUILD] [--only TEXT] [--jobs N] [--depth N] [--every]

A run in which call N fails must end as one of two:
- with the exit status of the failure (1 memory, 4 writing) and a sentence that says so, no memory
  left, no file half written and none under a temporary name;
- as if nothing had happened, with the same output, where nothing hangs on the call.
Where requests are typed, the answer to one of them may say so, and the others go on.
A sweep that failed must also go on to the same files when it is run again.

Calls from one place, which is the call with its nearest callers, are tried once over all commands;
--depth tells more places apart, --every tries all calls. The program is BUILD/tests/faults/baogan
(`make faulty`), see interpose.c.
"""
import argparse
import concurrent.futures
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
from typing import NamedTuple

ROOT = pathlib.Path(__file__).resolve().parents[2]
S = ROOT / "scenarios"

INPUTS = {
    "h.csv": '表一\n单位：万元\nyear,line,cases,paid（元）,x\n2024,"residents.dental.out",5,"1,000万",y\n'
             '合计,,5,"10,000,000"\n注：z\n',
    "base.yaml": "money_unit: wan\nhistory: {csv: h.csv}\n",
    "extended.yaml": "extends: base.yaml\n"
                     "budget: {growth: {2025: 50%, 2026: 4%, later: 3%}, base: {weights: [1]}}\n"
                     "settlement: [{cap: {gain: 1%}}, clear]\n",
    "laid.yaml": "extends: extended.yaml\n"
                 "budget: {growth: {2026: null, 2027: 5%}, funds: {guarantee: null}}\n"
                 "settlement: {cap: {gain: 2%}}\n",
    "reform.yaml": f"extends: {S}/three_numbers.yaml\nbudget: {{growth: 7%}}\n",
    "changes.yaml": f"extends: {S}/three_numbers.yaml\n"
                    "measures: {cut: {from: 2026-07, cost: {p10: -9%, p90: -1%}}}\n"
                    "incidents: {flu: {from: 2026-01, until: 2026-02, cases: 20%, probability: 40%}}\n",
    "sweep.yaml": f"extends: {S}/three_numbers.yaml\n"
                  "sweep:\n  axes: {growth: {key: budget.growth, values: [2%, 4%], role: policy}}\n"
                  "  figures: {p: p_overspend, result: mean(result.2026)}\n",
    "sought.yaml": f"extends: {S}/three_numbers.yaml\n"
                   "sweep:\n  design: latin_hypercube\n  points: 30\n"
                   "  axes: {trend: {key: demand.trend.prior, from: 2%, to: 8%}}\n"
                   "  figures: {p: p_overspend}\n  targets: {rare: p_overspend.first <= 40%}\n",
    "search.yaml": f"extends: {S}/three_numbers.yaml\n"
                   "sweep:\n"
                   "  axes: {growth: {key: 'budget.growth[2025]', from: 6%, to: 18%, steps: 25, role: policy}}\n"
                   "  figures: {result: mean(result.2026), total: mean(budget.last)}\n"
                   "  better: {result: higher, total: lower}\n",
    "months.csv": "year,month,booked,paid\n2025,1,2025-01,3100\n2025,1,2025-02,1600\n2025,2,2025-02,2900\n"
                  "2025,2,2025-03,1550\n2025,3,2025-03,3200\n",
    "table.csv": "title\ncounty,year,budget,expense,emergency,disallowed,score,remark\n"
                 "a,2025,100000000,110000000,0,0,80,\na,2026,100000000,90000000,0,5000,95,\n"
                 "b,2025,x,1,0,0,3,\ntotal,,1,,,,,\nnote: z\n",
}


class Command(NamedTuple):
    name: str
    arguments: list
    goes_on: bool = False  # run again, it takes up what is there
    grows: str = ""        # a file that what is worked out is added to, part by part
    before: list = []      # arguments of a run without faults that makes what it reads
    typed: str = ""        # what it reads from standard input


def commands():
    three, county, area = S / "three_numbers.yaml", S / "county_2022_2024.yaml", S / "area.yaml"
    actual = S / "actuals/county_2025.yaml"
    quiet = ["--quiet", "--threads", 1]
    few = ["--set", "simulation.replications=40"]
    run = ["run", *quiet, "--no-charts"]
    growth = ["--vary", "budget.growth", "--in", "2%:20%"]
    return [
        Command("lay", ["check", "laid.yaml"]),
        Command("lay-json", ["check", "laid.yaml", "--json"]),
        Command("load", ["check", "extended.yaml", "--set", "budget.growth[2027]=5%", "--set",
                         "budget.funds[risk].rate=1%"]),
        Command("projection", [*run, three, "--set", "simulation.replications=100",
                               "--keep-draws", "--lang", "zh"]),
        Command("budget", ["budget", county, "--explain"]),
        Command("settlement", ["settle", county, "--actual", actual, "--explain",
                               "--journal", "journal"]),
        Command("table", ["settle", S / "rules/guangdong.yaml", "--table", "table.csv", "--set",
                          "table.link=county", "--out", "settled.csv", "--rejects", "rejects.csv"]),
        Command("units", ["settle", S / "rules/guangdong.yaml", "--table", "table.csv", "--rejects", "bad.csv"]),
        Command("report", [*run, county, *few, "--json"]),
        Command("reference", [*run, county, *few, "--engine", "reference"]),
        Command("compare", ["compare", *quiet, *few, three, "reform.yaml", "--out", "compared"]),
        Command("html", ["report", three, *quiet, *few, "--no-charts", "--out", "report.html"]),
        Command("brief", ["report", three, *quiet, *few, "--no-charts", "--brief", "--lang", "zh", "--out",
                          "brief.html"]),
        Command("variants", ["compare", *quiet, *few, three, "reform.yaml", "--no-charts", "--out", "compared",
                             "--report", "variants.html"]),
        Command("html area", ["report", area, *quiet, *few, "--no-charts", "--out", "area.html"]),
        Command("sweep", ["sweep", "sweep.yaml", *quiet, *few, "--out", "swept", "--csv", "swept.csv"],
                goes_on=True),
        Command("changes", [*run, "changes.yaml", *few]),
        Command("area", [*run, area, *few]),
        Command("all", ["run", "--all", S / "area", *quiet, *few, "--out", "all"]),
        Command("until", [*run, three, *few, "--until", "se(p_overspend) <= 40%"]),
        Command("restate", ["settle", county, "--actual", actual, "--restate", actual]),
        Command("solve", ["solve", three, *growth, *quiet, *few, "--until",
                          "p_overspend.first <= 40%"]),
        Command("sensitivity", ["sensitivity", three, *growth, *quiet, *few, "--figure",
                                "p_overspend", "--points", 16, "--out", "sensed"]),
        Command("cases", ["test", ROOT / "tests/cases/worked_example.yaml", "--json"]),
        Command("budget --json", ["budget", county, "--json"]),
        Command("settlement --json", ["settle", county, "--actual", actual, "--json"]),
        Command("restate --json", ["settle", county, "--actual", actual, "--restate", actual,
                                   "--json"]),
        Command("compare --json", ["compare", *quiet, *few, three, "reform.yaml", "--json", "--out",
                                   "compared"]),
        Command("solve --json", ["solve", three, *growth, *quiet, *few, "--until",
                                 "p_overspend.first <= 40%", "--json"]),
        Command("whatif", ["whatif", three, *quiet, *few],
                typed='{"ask": "set", "values": {"budget.growth": "9%"}}\n{"ask": "run"}\n{"ask": "sheets"}\n'
                      '{"ask": "figures", "figures": ["p_overspend.first"]}\n{"ask": "save"}\n{"ask": "x"}\n'),
        Command("search", ["search", "search.yaml", *quiet, *few, "--no-charts", "--points", 16, "--out",
                           "found", "--store", "looked"], goes_on=True, grows="looked"),
        Command("discover", ["discover", "swept.sqlite", *quiet[:1], "--no-charts", "--target", "rare", "--out",
                             "boxes"],
                before=["sweep", "sought.yaml", *quiet, *few, "--out", "swept", "--store", "swept.sqlite"]),
        Command("monitor", ["monitor", three, "--quiet", *few, "--no-charts", "--actual", "months.csv", "--out", "watched"]),
        Command("monitor --json", ["monitor", three, "--quiet", *few, "--no-charts", "--actual", "months.csv", "--json",
                                   "--out", "watched"]),
        Command("params", ["params", "--json"]),
        Command("init", ["init", "new.yaml"]),
    ]


class Kind(NamedTuple):
    name: str
    status: int
    sentence: re.Pattern


KINDS = [Kind("memory", 1, re.compile("memory|内存")),
         Kind("write", 4, re.compile("cannot|could not|无法|不能|未能|No space left|Input/output error"))]


# ---- a run --------------------------------------------------------------------------------------

class End(NamedTuple):
    """What a run leaves: status, words, files, and what the program's log says."""
    status: object
    output: bytes
    words: str
    files: dict
    log: list

    def rows(self, what):
        return [row[1:] for row in self.log if row[0] == what]

    def told(self):
        return self.words + self.output.decode(errors="replace")


def go(program, arguments, typed, work, environment):
    try:
        done = subprocess.run([program, *map(str, arguments)], cwd=work, check=False,
                              env={**os.environ, "OMP_NUM_THREADS": "1", "LC_ALL": "C.UTF-8",
                                   **environment},
                              input=typed.encode(), capture_output=True, timeout=120)
        status, output, words = done.returncode, done.stdout, done.stderr.decode(errors="replace")
    except subprocess.TimeoutExpired:
        status, output, words = "no end in 120 s", b"", ""
    files = {str(path.relative_to(work)): path.read_bytes() if path.is_file() else None
             for path in sorted(work.rglob("*"))}
    return status, output, words, files


def run(program, command, kind, at, depth):
    """The end of a run in which call `at` fails, none for 0; and where it goes on, that of another."""
    with tempfile.TemporaryDirectory(prefix="baogan-faults-") as folder:
        work, log = pathlib.Path(folder, "work"), pathlib.Path(folder, "log")
        work.mkdir()
        for name, text in INPUTS.items():
            (work / name).write_text(text)
        if command.before:
            go(program, command.before, "", work, {})
        first = End(*go(program, command.arguments, command.typed, work, {"FAULT": kind.name, "FAULT_AT": str(at),
                                                 "FAULT_LOG": str(log), "FAULT_DEPTH": str(depth)}),
                    [line.split() for line in log.read_text().splitlines()])
        failed = command.goes_on and first.status != 0
        again = failed and go(program, command.arguments, command.typed, work, {})
        return first, End(*again, []) if failed else None


# ---- how it must end ----------------------------------------------------------------------------

# What differs from run to run.
NOT_COMPARED = re.compile(r"run\.json|sweep\.json|manifest.*")


def places(program, addresses):
    """The functions at these addresses outside interpose.c, the nearest first."""
    lines = subprocess.run(["addr2line", "-f", "-s", "-e", program, *("0x" + a for a in addresses)],
                           capture_output=True, text=True, check=False).stdout.splitlines()
    return " < ".join(f"{function} {line.partition(' ')[0]}"
                      for function, line in zip(lines[::2], lines[1::2]) if "interpose" not in line)


def differing(files, good):
    return [name for name, data in files.items() if name in good and data != good[name]
            and not NOT_COMPARED.fullmatch(name.rpartition("/")[2])]


def complaint(program, command, kind, good, end, again):
    """What is wrong with the end of a run in which a call failed; None if nothing is."""
    if "Sanitizer" in end.words or "runtime error" in end.words:
        return "a sanitizer complains"
    if isinstance(end.status, int) and end.status < 0:
        return signal.Signals(-end.status).name
    if end.rows("left"):
        return f"{len(end.rows('left'))} pieces of memory left"
    if not end.rows("failed"):
        return "the call is not reached again"
    left = [name for name in end.files if name not in good.files
            and not (command.goes_on and name.endswith(".part"))]
    if left:
        return f"{left[0]} is left behind"
    half = [name for name in differing(end.files, good.files)
            if name != command.grows or end.status == good.status]
    if end.status == good.status:
        same = (not half and end.output == good.output and end.files.keys() == good.files.keys()
                or "bg_errors_advise" in places(program, end.rows("failed")[0])  # a warning is lost
                or command.typed and kind.sentence.search(end.told()))  # the answer to a request says so
        return None if same else "no failure is told, but the output differs"
    if half:
        return f"{half[0]} is half written"
    reason = kind.name == "memory" and end.status == 4 and "Cannot allocate memory" in end.told()
    if end.status != kind.status and not reason:
        return f"exit status {end.status}"
    if not kind.sentence.search(end.told()):
        return "no sentence says so"
    if again and (differing(again.files, good.files) or again.files.keys() != good.files.keys()):
        return f"run again, it does not go on: {again.status} {again.words}"
    return None


def report(program, name, at, why, end):
    print(f"not ok {name} {at}: {why}")
    for row in end.rows("failed"):
        print(f"    failed {places(program, row)}")
    for call, address in end.rows("left")[:3]:
        print(f"    left   {places(program, [address])} (call {call})")
    print("".join(f"    {line}\n" for line in end.words.splitlines()[:40]), end="", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build", nargs="?", default="build")
    parser.add_argument("--only", default="", help="only commands whose name and kind hold this")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--depth", type=int, default=8, help="callers by which places are told apart")
    parser.add_argument("--every", action="store_true", help="all calls, not one of each place")
    arguments = parser.parse_args()
    program = pathlib.Path(arguments.build, "tests/faults/baogan").resolve()
    passed = failed = 0
    seen = set()
    chosen = [(command, kind) for command in commands() for kind in KINDS
              if arguments.only in f"{command.name} {kind.name}"]
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        for command, kind in chosen:
            name = f"{command.name} {kind.name}"
            good, _ = run(program, command, kind, 0, arguments.depth)
            if good.status != 0 or good.rows("left") or "Sanitizer" in good.words:
                report(program, name, 0, f"without a fault: exit status {good.status}", good)
                failed += 1
                continue
            calls = int(good.rows("calls")[0][0])
            if calls == 0:
                report(program, name, 0, "there is no call that could fail", good)
                failed += 1
            new = {(kind, *row[1:]): int(row[0]) for row in good.rows("site")}
            tried = sorted(at for place, at in new.items() if place not in seen)
            tried = range(1, calls + 1) if arguments.every else tried
            seen |= new.keys()
            bad = 0
            ends = pool.map(lambda at: run(program, command, kind, at, arguments.depth), tried)
            for at, (end, again) in zip(tried, ends):
                why = complaint(program, command, kind, good, end, again)
                if why:
                    bad += 1
                    report(program, name, at, why, end)
            failed += bad
            passed += bad == 0
            print(f"{'not ok' if bad else 'ok'} {name}: {len(tried)} of {calls} calls failed, "
                  f"{bad} ended badly", flush=True)
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
