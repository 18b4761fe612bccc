"""Random contracts and settlement plans as workbooks, which LibreOffice works out once more.

    settle_books.py COUNT [SEED]        BAOGAN names the command; prints TAP

Every cell with a formula must come out as the program saved it. Amounts of 16 digits, of which spreadsheets keep 15,
are left out.
"""
import os
import pathlib
import subprocess
import sys
import tempfile

import settle_plans as plans
import settle_years as years
from exact import decimal, yuan
from read_workbook import Workbook
from recalculate import differences, recalculate

BAOGAN = os.environ["BAOGAN"]
AT_ONCE = 40  # workbooks
PARTS = ("expense", "emergency", "rebound", "disallowed", "outside")


def plan_of(seed):
    """A plan with a year that it settles; the funds have something to give."""
    draw = plans.Draw(seed)
    plan = draw.plan()
    unit = draw.pool(plan, "pool")[0]
    text = plans.plan_text(plan)
    for fund, (carries, rate) in {"guarantee": ("false", 3), "risk": ("true", 2)}.items():
        text = text.replace(f"{fund}: {{rate: 0, carry_over: {carries}", f"{fund}: {{rate: {rate}%, carry_over: {carries}")
    inputs = [f"{name}: {yuan(unit[name])}" for name in plans.MONEY + plans.POT_MONEY + ["revenue"] if unit.get(name) is not None]
    inputs += [f"{name}: {decimal(unit[name])}" for name in plans.NUMBERS + ["midyear"] if unit.get(name) is not None]
    inputs += [f"track: {unit['track']}"] if unit.get("track") else []
    keys = [f"{name}: {yuan(unit[name])}" for name in PARTS if name in unit]
    keys += [f"budget: {yuan(unit['budget'])}", f"score: {decimal(unit['score'])}",
             "inputs: {" + ", ".join(inputs + ["pool_result: 5"]) + "}"]
    year = int(unit["year"])
    return (f"history: {{{year - 1}: {yuan(max(unit['budget'], 100))}}}\n" + text.replace("budget: {", "budget: {growth: 0%, ", 1)
            + f"actual: {{{year}: {{residents: {{{', '.join(keys)}}}}}}}\n")


def has_long_amounts(book):
    return any(len(value.lstrip("-")) > 15 and value.lstrip("-").isdigit() for sheet in book.sheets.values() for value in sheet.values())


def settled(folder, seed):
    """The workbooks of a contract and a plan; what the program refuses, as amounts that are too large, has none."""
    for kind, text in ("years", years.text_of(years.Draw(seed).contract())), ("plan", plan_of(seed)):
        scenario, book = folder / f"{kind}{seed}.yaml", folder / f"{kind}{seed}.xlsx"
        scenario.write_text(text, encoding="utf-8")
        run = subprocess.run([BAOGAN, "settle", str(scenario), "--quiet", "--out", str(book)], capture_output=True, text=True)
        if run.returncode == 0 and not has_long_amounts(Workbook(book)):
            yield str(book)


def main():
    count, seed = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    formulas, books, wrong = 0, 0, 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        paths = [path for each in range(seed, seed + count) for path in settled(folder, each)]
        for first in range(0, len(paths), AT_ONCE):
            some = paths[first:first + AT_ONCE]
            calculated = recalculate(some, folder / str(first))
            for path in some:
                found = differences(path, calculated[path])
                books += 1
                wrong += bool(found)
                formulas += sum(len(sheet) for sheet in Workbook(path).formulas.values())
                for each in found[:3]:
                    print(f"# {pathlib.Path(path).stem}: {each}")
    enough = books >= count and formulas > 100 * count
    print(("not ok" if wrong or not enough else "ok") + f" - {formulas} formulas in {books} random workbooks")
    return 1 if wrong or not enough else 0


if __name__ == "__main__":
    sys.exit(main())
