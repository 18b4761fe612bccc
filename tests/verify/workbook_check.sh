#!/bin/sh
# LibreOffice works out the workbook of every case, and with that every rule of the library, to the fen.
# shellcheck source=../cli/support
. "$(dirname "$0")/../cli/support"
if ! command -v soffice >/dev/null; then
    echo "# skipped: LibreOffice (soffice) is not installed; .ci/packages office"
    exit 0
fi
cd "$work" || exit 1
mkdir books
for file in "$root"/tests/cases/*.yaml "$root"/tests/cases/rules/*.yaml; do
    name=$(basename "$(dirname "$file")")-$(basename "$file" .yaml)
    status 0 "$name" "$BAOGAN" settle "$file" --quiet --out "books/$name.xlsx"
done
for file in "$root"/scenarios/county.yaml "$root"/scenarios/yangxi.yaml "$root"/scenarios/three_numbers.yaml; do
    name=$(basename "$file" .yaml)
    status 0 "$name" "$BAOGAN" run "$file" --xlsx --quiet --no-charts --set simulation.replications=1000 --out "$name"
    mv "$name/workbook.xlsx" "books/$name.xlsx"
done
PYTHONPATH=$root/tests/support PYTHONDONTWRITEBYTECODE=1 python3 - <<'PY'
import pathlib
from read_workbook import Workbook
from recalculate import differences, recalculate

paths = sorted(str(path) for path in pathlib.Path("books").glob("*.xlsx"))
books, wrong, formulas = recalculate(paths, "office"), 0, 0
for path in paths:
    found = differences(path, books[path])
    wrong += len(found)
    formulas += sum(len(sheet) for sheet in Workbook(path).formulas.values())
    print(("not ok" if found else "ok") + f" - {pathlib.Path(path).stem}")
    print("".join(f"# {each}\n" for each in found), end="")
print(f"# {formulas} formulas in {len(paths)} workbooks")
raise SystemExit(bool(wrong) or formulas < 10000)
PY
ok $? "to the fen"
PYTHONPATH=$root/tests/support PYTHONDONTWRITEBYTECODE=1 python3 "$root/tests/support/settle_books.py" 100
ok $? "random contracts and plans likewise"
finish
