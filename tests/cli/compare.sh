#!/bin/sh
# A reform beside its base. Base of the budget: the mean of 100, 110, 120 million = 110. One year, so that
# T = 110 (1 + g) + adjustments: from 5 % to 6 % adds 1.1, the beds 2, together 3.1.
# shellcheck source=support
. "$(dirname "$0")/support"
cd "$work" || exit 1
cat >base.yaml <<'END'
title: {en: Base, zh: 基准}
history: {2022: 1亿, 2023: 1.1亿, 2024: 1.2亿}
budget: {growth: 5%}
simulation: {years: 1, replications: 320}
END
cat >reform.yaml <<'END'
extends: base.yaml
title: Reform
budget: {growth: 6%, adjustments: {beds: 200万}}
END
compare() { "$BAOGAN" compare "$@"; }
# row FILE START: the rest of the line of a table that begins so.
row() { sed -n "s/^$2//p" "$1"; }

status 0 "a reform" compare base.yaml reform.yaml --out one --outcome budget
prints "budget.growth    5%      6%" "lists the keys that differ"
prints "base   –" "and that one has no such key"
prints "budget (annual payment total)            115.50       118.60            +3.10" \
    "shows the difference, which is exact"
[ "$(row one/waterfall.csv 'budget.growth,')" = "1,1100000.00,0.0000,budget" ] &&
    [ "$(row one/waterfall.csv 'budget.adjustments\[beds\],')" = "1,2000000.00,0.0000,budget" ]
ok $? "the waterfall names what each key adds"
[ "$(row one/differences.csv 'residents,2025,budget,mean_yuan,')" = \
    "115500000.0000,118600000.0000,3100000.0000,0.0000" ]
ok $? "differences.csv has the row"
[ "$(jq -r '.waterfall | .reform_fen - .base_fen - ([.bars[].amount_fen] | add)' one/comparison.json)" = 0 ]
ok $? "the bars add up to the fen"
[ -s one/charts/waterfall-all.svg ] && [ -s one/charts/waterfall-all.png ]
ok $? "the chart is drawn"
[ "$(cat one/comparison.txt)" = "$(cat stdout)" ]
ok $? "the text is kept"
compare base.yaml reform.yaml --out again --outcome budget --threads 1 --quiet >/dev/null
cmp -s one/differences.csv again/differences.csv && cmp -s one/comparison.json again/comparison.json
ok $? "again, with one thread, it is the same byte for byte"

status 0 "a reform that changes nothing" compare base.yaml base.yaml --out null --quiet
prints "Nothing that bears on results." "says so"
awk -F, 'NR > 1 && ($7 != 0 || $8 != 0) { bad = 1 } END { exit bad || NR < 100 }' null/differences.csv
ok $? "every difference is exactly zero, and so is its margin"

status 0 "in Chinese, two reforms" compare base.yaml reform.yaml reform.yaml --lang zh --no-charts
prints "差额来源：医共体留用或承担" "speaks Chinese"
[ -d out/reform-1 ] && [ -d out/reform-2 ]
ok $? "each has a directory of its own"
status 0 "as JSON" compare base.yaml reform.yaml --json --quiet --no-charts
[ "$(jq -r '.changes[0].path + " " + .changes[0].base + " " + .changes[0].reform' stdout)" = "budget.growth 5% 6%" ]
ok $? "names the changes"
[ "$(jq -r '.units[0].outcomes.budget.mean_fen.difference' stdout)" = 310000000 ]
ok $? "and the difference"

status 0 "a report of two" compare base.yaml reform.yaml base.yaml --lang zh --quiet --report both.html
grep -q '<h1>方案比较：基准</h1>' both.html && grep -q '方案二' both.html
ok $? "stands side by side in one file"
[ "$(grep -c 'data:image/svg' both.html)" -eq 1 ] && [ -z "$(find . -name '*partial*')" ]
ok $? "with one chart, and nothing else is left"
status 4 "a second one" compare base.yaml reform.yaml --report both.html
says "nothing is overwritten" "is refused before anything is worked out"

status 2 "one scenario alone" compare base.yaml
status 2 "an outcome that is none" compare base.yaml reform.yaml --outcome budgt
says "did you mean budget?" "has a hint"
status 2 "one directory for two reforms" compare base.yaml reform.yaml reform.yaml --out three
status 4 "a directory that is there" compare base.yaml reform.yaml --out one
printf 'extends: base.yaml\nsimulation: {seed: 9}\n' >other.yaml
status 3 "futures that cannot be paired" compare base.yaml other.yaml --out four
says "other.yaml:2:20: simulation.seed: the reform has another seed" "names the key and the line"
[ ! -e four ]
ok $? "and nothing is left"

# Any scheme: counted future by future on both sides, the interval that of 32 batches of 32 paired futures.
cat >two.yaml <<'END'
history: {2024: {residents.total: 110M, employees.total: 43M}}
people: {residents: 130000, employees: 12000}
simulation: {years: 2, replications: 1024}
END
printf 'extends: two.yaml\nbudget: {growth: 8%%}\n' >more.yaml
for side in two more; do
    status 0 "the futures of $side" "$BAOGAN" run $side.yaml --no-charts --quiet --no-check --keep-draws --out any_$side
done
status 0 "a comparison of two schemes" "$BAOGAN" compare two.yaml more.yaml --no-charts --quiet --out any
expected=$(awk -F, '
    FNR == 1 { side++; for (i = 1; i <= NF; i++) at[$i] = i; next }
    $2 != "all" && $3 == 2025 && $at["event_overspend"] && !(side " " $1 in hit) {
        hit[side " " $1]
        total[side]++
        batch[int(($1 - 1) / 32)] += side == 2 ? 1 : -1
    }
    END {
        for (b = 0; b < 32; b++) { mean += batch[b] / 32 / 32 }
        for (b = 0; b < 32; b++) { squares += (batch[b] / 32 - mean) ^ 2 }
        printf "%.6f,%.6f,%.6f,%.6f", total[1] / 1024, total[2] / 1024, mean, 2.039513446 * sqrt(squares / 31 / 32)
    }' any_two/draws.csv any_more/draws.csv)
[ "$(sed -n 's/^any,2025,overspend,probability,//p' any/differences.csv)" = "$expected" ]
ok $? "differences.csv has the chance of any scheme with its paired interval"
[ "$(jq '[.units[] | select(.unit == "any" and .year == 2025)][0].probabilities.overspend.difference * 1024 | round' \
    any/comparison.json)" = "$(echo "$expected" | awk -F, '{ printf "%.0f", 1024 * $3 }')" ]
ok $? "and comparison.json"
prints "at least one scheme, points" "and what is printed"
! grep -q '^any' one/differences.csv
ok $? "of one scheme there is no row of any"


# All of a yuan that is saved is kept: a share of 1 on the one side, of 0.3 on the other.
cat >kept.yaml <<'END'
history: {2022: 1亿, 2023: 1.1亿, 2024: 1.2亿}
budget: {growth: 40%, funds: {none: 0%}}
demand: {disallowed: 0%}
settlement: [{share_surplus: {bands: {rest: 100%}}}, clear]
simulation: {years: 1, replications: 320}
END
printf 'extends: kept.yaml\nsettlement: [{share_surplus: {bands: {rest: 30%%}}}, clear]\n' >third.yaml
status 0 "a figure of both sides" compare kept.yaml third.yaml --figure kept_average --no-charts --quiet --out shares
prints "kept_average.ever.residents  100.0% ±0.0  30.0% ±0.0" "shows both"
[ "$(sed 1d shares/figures.csv)" = "kept_average.ever.residents,1.000000,0.000000,0.300000,0.000000" ]
ok $? "figures.csv has them"
[ "$(jq -c '.figures[0] | [.figure, .base, (.reform * 1e6 | round)]' shares/comparison.json)" = \
    '["kept_average.ever.residents",1,300000]' ]
ok $? "and comparison.json"
status 2 "a figure that is none" compare kept.yaml third.yaml --figure kept
says "is no figure" "is refused"
finish
