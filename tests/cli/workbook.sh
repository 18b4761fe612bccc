#!/bin/sh
# Tables out of .xlsx workbooks, which the program xlsx2csv reads.
# shellcheck source=support
. "$(dirname "$0")/support"
here=$(cd "$(dirname "$0")" && pwd)
cd "$work" || exit 1

PYTHONPATH=$here/../support PYTHONDONTWRITEBYTECODE=1 python3 - <<'PY'
from workbook import DAY, Formula, Number, PERCENT, TWO_DECIMALS, YUAN, write

# What is displayed would be ¥34,200.10, 37100.00 and 100%; what is saved counts.
past = [["某某县医保基金支出情况表"], ["单位：万元"], ["年度", "险种", "统筹基金支付", "增长", "日期"],
        [Number("2023"), "居民", Number("34200.100000000002", YUAN), Number("0.05", PERCENT), Number("45000", DAY)],
        [Number("2024"), "居民", Number("3.71E4", TWO_DECIMALS)],
        ["合计", None, Formula("SUM(C4:C5)", "71300.100000000006")]]
write("past.xlsx", {"汇总": past, "yuan & fen": [["year", "paid"], [Number("2024"), Number("0.30000000000000004", YUAN)]]})
past[4][2] = Formula("C4*1.05", None)
write("formula.xlsx", {"汇总": past})
units = [["id", "年度", "年度总额（万元）", "基金支出（万元）", "考核得分", "备注"],
         ["a", Number("2025"), Number("100.00000000000001", TWO_DECIMALS), Number("97", TWO_DECIMALS), Number("85")],
         ["110101199003078888", Number("2025"), Number("100"), Number("97"), Formula("D3", None)]]
write("units.xlsx", {"Sheet1": units[:2], "all": units})
PY
scenario() { printf 'history: {csv: "%s"}\npeople: {residents: 500000}\n' "$1" >h.yaml; }

scenario past.xlsx
status 0 "past years in a workbook" "$BAOGAN" check h.yaml
says "past.xlsx:6:1: history.csv: this row of totals is the sum of others and is left out" "its total is left out"
says "amounts without a unit are in 万元" "its unit is taken"
status 0 "they are shown" "$BAOGAN" run h.yaml --no-charts --out past --set simulation.replications=1000
grep -q '^residents,2023,342001000.00,' past/history.csv && grep -q '^residents,2024,371000000.00,' past/history.csv
ok $? "with all that is saved, not what is displayed"
scenario 'past.xlsx#yuan & fen'
status 0 "another sheet" "$BAOGAN" run h.yaml --no-charts --out other --set simulation.replications=1000
grep -q '^residents,2024,0.30,' other/history.csv
ok $? "is read by its name, rounded to 15 digits"
scenario 'past.xlsx#none'
status 3 "a sheet that is not there" "$BAOGAN" check h.yaml
says 'past.xlsx#none: the workbook has no sheet "none"' "is named"
scenario formula.xlsx
status 3 "a formula without its value" "$BAOGAN" check h.yaml
says "formula.xlsx:5:9: history.csv: the fund payment is empty" "is no amount"
says "A formula that was saved without its value looks empty too" "and the cause is named"

printf '# the default rule\n' >rule.yaml
printf 'schema: 1\n' >>rule.yaml
settle() { "$BAOGAN" settle rule.yaml --set 'table.write=[balance]' --table "$@"; }
status 0 "units in a workbook" settle units.xlsx
# 95 - 97 + 80 % of 3, which the guarantee fund gives back for 85 points: 0.4 ten thousand yuan.
prints "a,2025,,4000.00" "are settled"
status 3 "another sheet of units" settle 'units.xlsx#all'
says "units.xlsx#all:3:32: score: the cell is empty" "with a formula without its value"
status 0 "bad rows of a workbook to a file" settle 'units.xlsx#all' --rejects rejects.csv
grep -q ',110101199003078888,2025,' rejects.csv
ok $? "digits of a text stay as they are"
status 4 "a workbook that is not there" settle none.xlsx
says "none.xlsx: The file cannot be opened" "is named"
printf 'id,budget\n' >text.xlsx
status 3 "a text with the name of a workbook" settle text.xlsx
says "text.xlsx: this is no workbook, in spite of its name" "is refused"
printf '\320\317\021\340\241\261\032\341' >locked.xlsx
cp locked.xlsx old.xls
cp locked.xlsx old.et
status 3 "a workbook with a password" settle locked.xlsx
says "locked.xlsx: this is a workbook of an old kind (.xls, .et) or one with a password" "is refused"
for file in old.xls old.et; do
    status 3 "$file" settle $file
    says "$file:1:1: this is a workbook of an old kind (.xls, .et) or one with a password" "is refused in words"
done
cp past.xlsx past.csv
status 3 "a workbook with the name of a table" settle past.csv
says "past.csv:1:1: this is a workbook (.xlsx) or another zip file" "is refused in words"
head -c 200 past.xlsx >cut.xlsx
status 3 "half a workbook" settle cut.xlsx
says "the workbook cannot be read" "is refused"
status 4 "a workbook without the program" env PATH=/nowhere "$BAOGAN" settle rule.yaml --table units.xlsx
says "the program xlsx2csv, which is not there; install the package xlsx2csv" "says what to install"
status 4 "and in Chinese" env PATH=/nowhere "$BAOGAN" settle rule.yaml --lang zh --table units.xlsx
says "请安装软件包" "says it, too"
cp units.xlsx ./-dash.xlsx
status 0 "a name that begins with a dash" settle ./-dash.xlsx
finish
