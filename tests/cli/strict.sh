#!/bin/sh
# --strict: a warning of reading ends each command that reads a scenario, before it writes anything.
# shellcheck source=support
. "$(dirname "$0")/support"
cd "$work" || exit 1
mkdir out

printf 'history: {2022: 49400万, 2023: 55200万, 2024: 56300万}\npeople: {residents: 500000}\n' >good.yaml
printf 'history: {2022: 49400, 2023: 55200, 2024: 56300}\n' >unit.yaml
printf 'extends: unit.yaml\nactual: {2025: {residents: {expense: 56000}}}\n' >real.yaml
printf 'actual: {2025: {residents: {expense: 5600万}}}\n' >low.yaml
printf 'extends: unit.yaml\nsweep: {axes: {g: {key: budget.growth, values: [3%%, 5%%]}}, figures: {p: p_overspend}}\n' >plan.yaml
printf 'communities: {A: unit.yaml, B: good.yaml}\n' >area.yaml
printf 'settlement: [{release: {fund: guarantee, by_score: {0.9: 100%%, 0: 0%%}}}, {clear: {}}]\n' >rule.yaml
printf 'budget,expense\n1000,900\n' >table.csv
mkdir all && cp unit.yaml good.yaml all/

# strict VERB COMMAND... : exit 2 in both languages, nothing on standard output and no file.
strict() {
    verb=$1
    shift
    status 2 "$verb ends" "$BAOGAN" "$@" --strict
    says "--strict takes them as errors, and nothing is written" "$verb says why"
    says "warning: " "$verb shows the warning"
    nothing_in out "$verb writes nothing"
    status 2 "$verb ends in Chinese" "$BAOGAN" "$@" --strict --lang zh
    says "--strict 将其视为错误，未写出任何文件" "$verb says why in Chinese"
}

strict check check unit.yaml
strict budget budget unit.yaml
strict run run unit.yaml --no-charts --out out/run
strict "run of an area" run area.yaml --no-charts --out out/area
strict compare compare unit.yaml unit.yaml --no-charts --out out/compare
strict solve solve unit.yaml --vary budget.growth --in 2%:8% --until 'p_overspend.first <= 10%'
strict sensitivity sensitivity unit.yaml --figure p_overspend.first --points 16 --no-charts --out out/s
strict sweep sweep plan.yaml --out out/sweep
strict settle settle real.yaml --journal out/ledger
strict "settle with a low expense" settle good.yaml --actual low.yaml --journal out/ledger
strict restate settle good.yaml --actual low.yaml --restate low.yaml
strict "settle of a table" settle rule.yaml --table table.csv --out out/table.csv
printf 'table: {write: [result]}\n' >plain.yaml
printf 'budget,expense,score\n1000,900,0.86\n' >scores.csv
strict "settle of a table of scores" settle plain.yaml --table scores.csv --out out/table.csv
status 2 "test ends" "$BAOGAN" test real.yaml --strict

status 0 "without warnings --strict changes nothing" "$BAOGAN" check good.yaml --strict
status 0 "without --strict a warning is none" "$BAOGAN" check unit.yaml
prints "unit.yaml: valid (1 warnings)" "and counted"
status 2 "run --all names those with warnings" "$BAOGAN" run --all all --out out/all --strict --quiet
grep -q "^unit.yaml,.*was it in 万元" out/all/failed.csv
ok $? "in its list of failures"
[ "$(wc -l <out/all/overview.csv)" -gt 1 ]
ok $? "and runs the others"
status 0 "help tells of it" "$BAOGAN" help check
prints "--strict" "among the options"
finish
