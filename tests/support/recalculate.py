"""Has LibreOffice work out a workbook once more, from formulas whose saved values were taken away.

    from recalculate import recalculate, differences
    books = recalculate(["a.xlsx", "b.xlsx"], "folder")      # {path: Workbook} after the calculation
    differences("a.xlsx", books["a.xlsx"])                   # cells that came out otherwise, as text
"""
import pathlib
import re
import shutil
import subprocess
import zipfile

from read_workbook import Workbook

SETTING = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def without_values(source, target):
    """A copy in which every formula has the value 1.5, which no amount of fen has."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name.startswith("xl/worksheets/"):
                data = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1<v>1.5</v>", data)
            new.writestr(name, data)


def recalculate(paths, folder):
    folder = pathlib.Path(folder)
    profile, bare, done = folder / "profile", folder / "bare", folder / "done"
    for each in (profile / "user", bare, done):
        each.mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(SETTING, encoding="utf-8")
    names = {}
    for number, path in enumerate(paths):
        names[path] = f"{number}.xlsx"
        without_values(path, bare / names[path])
    subprocess.run(["soffice", "--headless", f"-env:UserInstallation={profile.resolve().as_uri()}", "--convert-to", "xlsx",
                    "--outdir", str(done), *(str(bare / name) for name in names.values())],
                   check=True, timeout=900, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    books = {path: Workbook(done / name) for path, name in names.items()}
    shutil.rmtree(profile)
    return books


def differences(path, calculated):
    """Of cells with formulas; whole numbers, which fen are, must be the same, others to the last digits."""
    saved, found = Workbook(path), []
    for sheet, formulas in saved.formulas.items():
        for place in formulas:
            wanted, got = saved.sheets[sheet].get(place), calculated.sheets[sheet].get(place)
            try:
                a, b = float(wanted), float(got)
            except (TypeError, ValueError):
                a, b = 0, 1
            if a != b and (a == int(a) or abs(a - b) > 1e-12 * abs(a)):
                found.append(f"{sheet}!{place}: {wanted}, but ={formulas[place]} is {got}")
    return found
