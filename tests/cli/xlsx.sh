#!/bin/sh
# Workbooks that are written: their cells are what the program says elsewhere.
# shellcheck source=support
. "$(dirname "$0")/support"
here=$(cd "$(dirname "$0")" && pwd)
cd "$work" || exit 1
python() { PYTHONPATH=$here/../support PYTHONDONTWRITEBYTECODE=1 python3 -; }
cp -r "$root/scenarios" scenarios
run() { "$BAOGAN" run --quiet --no-charts --set simulation.replications=1000 "$@"; }

status 0 "a run with a workbook" run --xlsx --out a scenarios/county.yaml
status 0 "once more" run --xlsx --out b scenarios/county.yaml
cmp -s a/workbook.xlsx b/workbook.xlsx
ok $? "has the same bytes"
status 0 "in Chinese" run --xlsx --lang zh --out zh scenarios/county.yaml
status 0 "without it" run --out c scenarios/county.yaml
[ ! -e c/workbook.xlsx ]
ok $? "there is none"
for file in result.json outcomes.csv; do
    cmp -s a/$file c/$file
    ok $? "and $file is the same"
done
status 0 "all cells of a column" xlsx2csv -n Budget a/workbook.xlsx
[ "$(wc -l <stdout)" -eq 12 ]
ok $? "are read by others"

python <<'PY'
import csv, json
from read_workbook import Workbook

english, chinese = Workbook("a/workbook.xlsx"), Workbook("zh/workbook.xlsx")
wrong = []
def ok(good, name):
    print(("ok - " if good else "not ok - ") + name)
    wrong.extend([] if good else [name])
ok(list(chinese.sheets) == ["说明", "数据", "预算", "总额测算（居民医保）", "总额测算（职工医保）", "月度预拨", "清算（居民医保）", "清算（职工医保）", "年度结果", "成员单位", "月度现金", "概率", "假设", "名词"],
   "sheets are named in the language")
ok(all(english.panes.values()), "headings stay in sight")
def fen(digits):
    return round(float(digits) * 100)
def table(path):
    return list(csv.DictReader(open(path, encoding="utf-8")))
budget = english.rows("Budget")
totals = [fen(budget[row]["D"]) for row in range(3, 13)]
ok(totals == [fen(row["total_yuan"]) for row in table("a/budget.csv")], "totals are those of the table")
ok(all(abs(float(budget[row]["E"]) * 1e4 - float(budget[row]["D"])) < 1e-6 for row in range(3, 13)),
   "with 万元 beside them")
years = english.rows("Years")
central = [row["central"] for row in table("a/outcomes.csv") if "institution." not in row["outcome"]]
ok([fen(years[row]["D"]) for row in sorted(years) if row > 2] == [fen(value) for value in central],
   "years are those of the table")
months = english.rows("Months")
ok([fen(months[row]["D"]) for row in sorted(months) if row > 2] == [fen(row["central"]) for row in table("a/monthly_cash.csv")],
   "months are those of the table")
raise SystemExit(bool(wrong))
PY
ok $? "all of them"

python <<'PY'
from read_workbook import Workbook
for path, mark in (("a/workbook.xlsx", "without formulas"), ("zh/workbook.xlsx", "不含公式")):
    book = Workbook(path)
    texts = [text for name, sheet in book.sheets.items() if name[:2] in ("Se", "清算") for text in sheet.values()]
    assert len(texts) > 1000 and not any(mark in text for text in texts)
PY
ok $? "every step of the default plan is worked out by formulas"
if command -v soffice >/dev/null; then
    python <<'PY'
from recalculate import differences, recalculate
found = differences("a/workbook.xlsx", recalculate(["a/workbook.xlsx"], "office")["a/workbook.xlsx"])
print("\n".join("# " + each for each in found))
raise SystemExit(bool(found))
PY
    ok $? "LibreOffice works out the same cells"
else
    echo "# skipped: LibreOffice (soffice) is not installed; .ci/packages office"
fi

# The same formulas hold for whatever happened: only what was given differs.
cat >year.yaml <<'YAML'
history: {2022: 100M, 2023: 110M, 2024: 120M}
actual: {2025: {residents: {expense: 118M, emergency: 4M, disallowed: 500000, score: 85}}}
YAML
status 0 "a year with an overspend" "$BAOGAN" settle year.yaml --quiet --out over.xlsx
status 0 "a year with a surplus" "$BAOGAN" settle year.yaml --quiet --out under.xlsx \
    --set 'actual[2025][residents].expense=90M' --set 'actual[2025][residents].score=92'
python <<'PY'
from read_workbook import Workbook
over, under = Workbook("over.xlsx"), Workbook("under.xlsx")
name = "Settlement, residents"
assert over.formulas[name] == under.formulas[name]
opening = next(row for row, cells in over.rows(name).items() if cells.get("A") == "opening")
constants = [place for place in over.sheets[name] if place not in over.formulas[name]]
changed = [place for place in constants if over.sheets[name][place] != under.sheets[name].get(place)]
assert changed and all(int(place[1:]) < opening for place in changed), changed
PY
ok $? "differ in what was given and in nothing that is worked out by hand"

cat >evil.yaml <<'YAML'
title: {en: "=cmd()|' <script>\"x\"</script>\n\u0001 end", zh: "@SUM(A1)"}
history: {2023: 500M, 2024: 520M}
settlement: [{share_surplus: {bands: {rest: 50%}}}, {share_overspend: {bands: {rest: 50%}}},
  {split: {"@SUM(A1)": 60%, "-1+1": 40%}}, {clear: {}}]
YAML
status 0 "names that look like formulas" run --xlsx --out evil evil.yaml
python <<'PY'
from read_workbook import Workbook
book = Workbook("evil/workbook.xlsx")
texts = [value for sheet in book.sheets.values() for value in sheet.values()]
formulas = [text for sheet in book.formulas.values() for text in sheet.values()]
good = any(text.startswith("=cmd()|' <script>") for text in texts) and "@SUM(A1)" in texts and "-1+1" in texts and not any("1+1" in text or "@" in text or "cmd" in text for text in formulas)
raise SystemExit(not good)
PY
ok $? "stay texts"

settle() { "$BAOGAN" settle scenarios/county_2022_2024.yaml --actual scenarios/actuals/county_2025.yaml "$@"; }
status 0 "real years as a workbook" settle --out settled.xlsx
status 4 "a second time" settle --out settled.xlsx
says "settled.xlsx" "nothing is overwritten"
status 2 "with --restate" settle --restate scenarios/actuals/county_2025.yaml --out r.xlsx
status 2 "--xlsx of many scenarios" "$BAOGAN" run --all --xlsx scenarios
status 2 "--xlsx of an area" "$BAOGAN" run --xlsx scenarios/area.yaml
status 2 "a directory that is named as a workbook" run --out r.xlsx scenarios/county.yaml
says "run writes a directory, and --xlsx a workbook into it" "is refused"
[ ! -e r.xlsx ]
ok $? "nothing is written then"

# Tables of any length.
cat >rule.yaml <<'YAML'
budget: {funds: {}}
settlement: [{share_surplus: {bands: {rest: 50%}}}, {share_overspend: {bands: {rest: 50%}}}, {clear: {}}]
YAML
cat >units.csv <<'CSV'
unit,year,budget,expense,score,remark
007,2025,100000.00,97000.55,85,=1+1
123456789012345678,2025,100000.00,120000.00,85,"a, ""b"""
CSV
status 0 "a table as a workbook" "$BAOGAN" settle rule.yaml --table units.csv --quiet --out table.xlsx
status 0 "and as CSV" "$BAOGAN" settle rule.yaml --table units.csv --quiet --out table.csv
python <<'PY'
import csv
from read_workbook import Workbook
book = Workbook("table.xlsx")
(name, cells), rows = next(iter(book.sheets.items())), list(csv.reader(open("table.csv", encoding="utf-8")))
assert not book.formulas[name] and book.panes[name]
for r, row in enumerate(rows, 1):
    for c, text in enumerate(row):
        place = (chr(65 + c) if c < 26 else "A" + chr(39 + c)) + str(r)
        value = cells.get(place, "")
        assert value == text or float(value) == float(text), (place, value, text)
assert cells["A2"] == "007" and "=1+1" in cells.values() and "123456789012345678" in cells.values()
PY
ok $? "has the same cells, and no identifier or formula is lost"
status 4 "a table a second time" "$BAOGAN" settle rule.yaml --table units.csv --out table.xlsx
mkdir many
cp year.yaml many/a.yaml
echo "history: {2024: 0" >many/b.yaml
status 3 "many scenarios as a workbook" "$BAOGAN" run --all many --set simulation.replications=1000 --out many.xlsx
says "many.xlsx" "say where it is"
python <<'PY'
from read_workbook import Workbook
book = Workbook("many.xlsx")
assert list(book.sheets) == ["Overview", "Failed"]
assert book.sheets["Overview"]["A2"] == "many/a.yaml" and book.sheets["Failed"]["A2"] == "b.yaml"
PY
ok $? "with those that ran and those that failed"
[ -f many.xlsx ] && ! ls many.xlsx.* >/dev/null 2>&1
ok $? "and nothing beside it"

finish
