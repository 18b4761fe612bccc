#!/bin/sh
# What a figure hangs on. T = 110 (1 + g) + a million with g in 0 to 10 % and a in 0 to 10 million is a sum,
# so that the shares of its variance are 11^2 : 10^2, total and alone: 0.5475 and 0.4525.
# shellcheck source=support
. "$(dirname "$0")/support"
cd "$work" || exit 1
cat >base.yaml <<'END'
title: {en: Base, zh: 基准}
history: {2022: 1亿, 2023: 1.1亿, 2024: 1.2亿}
budget: {adjustments: {beds: 0}}
simulation: {years: 1, replications: 32}
END
sensitivity() { "$BAOGAN" sensitivity base.yaml --quiet "$@"; }
budget() {
    sensitivity --vary budget.growth --in 0%:10% --vary 'budget.adjustments[beds].amount' --in 0:1000万 \
        --figure 'mean(budget.first)' --points 512 "$@"
}

status 0 "two keys" budget --out two
prints "The conclusion hangs mostly on growth applied to the base" "says in words what it hangs on, first of all"
prints "budget.growth × budget.adjustments[beds].amount" "and what the two do together"
awk -F, 'NR > 1 { want = $1 == "budget.growth" ? 121 / 221 : 100 / 221; n++
    for (i = 2; i <= 5; i += 3) if (($i - want)^2 > 0.03^2) bad = 1
    if ($3 > want || $4 < want || $6 > want || $7 < want) bad = 1 } END { exit bad || n != 2 }' two/sensitivity.csv
ok $? "have the shares of variance that arithmetic says, within their intervals"
grep -q '^budget.growth,.*,1.1e+10,1.21e+10,1.166e+10,mean(budget.first),[^,]*,[^,]*$' two/sensitivity.csv
ok $? "and the figure at the ends of the range: 110 and 121 million, 116.6 as given"
[ -s two/charts/tornado-all.png ]
ok $? "the chart is drawn"
budget --out again --threads 1 >/dev/null 2>&1
cmp -s two/sensitivity.csv again/sensitivity.csv
ok $? "one thread gives the same bytes"
status 0 "by section" budget --by-section --json --no-charts --out three
[ "$(jq -r '[.groups[].name] | join(" ")' stdout)" = "budget.adjustments budget.growth" ]
ok $? "names the sections"
status 0 "every assumption, in Chinese" sensitivity --points 32 --lang zh --no-charts --out four
prints "demand.trend.prior" "varies over its usual range"
prints "与零无显著区别" "says in words what cannot be told from zero"
few() { sensitivity --set simulation.replications=10 --vary budget.growth --in 4%:4.1% --points 16 --no-charts "$@"; }
status 0 "a figure that is mostly error" few --figure 'mean(result)' --out drowned
prints "no index is shown" "says so"
! grep -q 'total index by rows' stdout
ok $? "and shows no index"
awk -F, 'NR == 1 { name = $12 } NR > 1 && ($2 $3 $4 $5 $6 $7 != "" || $8 == "" || $12 < 0.5) { bad = 1 }
    END { exit bad || NR < 2 || name != "inner_noise" }' drowned/sensitivity.csv
ok $? "the table has none either, and says how much is error"
status 0 "with charts" sensitivity --set simulation.replications=10 --vary budget.growth --in 4%:4.1% --points 16 \
    --figure 'mean(result)' --out undrawn
[ ! -e undrawn/charts/tornado-all.png ]
ok $? "no chart of them is drawn"
status 2 "a key without a range" sensitivity --vary budget.growth --out five
status 2 "a figure that is none" sensitivity --figure p_overspent --out five
status 2 "too few points" sensitivity --points 15 --out five
says '--points is "15"' "are refused before any is simulated"
status 4 "a scenario that is not there" "$BAOGAN" sensitivity none.yaml --quiet --out five
[ "$(wc -l <stderr)" = 1 ]
ok $? "is told once"
[ ! -e five ]
ok $? "nothing is left of what was refused"
sensitivity --set simulation.replications=200 --json --vary budget.growth --in 0%:10% --points 16 --no-charts --out asked >stdout
[ "$(jq '.replications' stdout)" = 200 ]
ok $? "points have the futures that are asked for"
"$BAOGAN" sensitivity base.yaml --quiet --set simulation.years=2 --vary budget.growth --in 0%:10% --vary 'pool[residents].bounds.surplus' \
    --in 0%:100% --figure 'mean(budget.first)' --no-charts --out screened >stdout
prints "1 of 2 were screened out" "an input without effect costs few points, and the text says so"
[ "$(sed -n 's/^pool.*,//p' screened/sensitivity.csv)" = 32 ]
ok $? "so does the table"
status 0 "what a planner believes" sensitivity --vary budget.growth --in p10=2%:p90=8% \
    --vary 'budget.adjustments[beds].amount' --in 0:200万:1000万 --figure 'mean(budget.first)' --no-charts --out believed
prints "eight cases of ten" "is told with its ends"
prints "most likely 2 million yuan" "or its most likely value"
grep -q '^budget.growth,.*,1.122e+10,1.188e+10,1.166e+10,mean(budget.first),' believed/sensitivity.csv
ok $? "and the figure is that at the ends: 110 million grown by 2 % and 8 %"
cat >plan.yaml <<'END'
extends: base.yaml
sweep:
  design: sobol
  points: 8
  axes:
    growth: {key: budget.growth, distribution: normal, p10: 2%, p90: 8%}
    beds: {key: 'budget.adjustments[beds].amount', distribution: pert, from: 0, mode: 200万, to: 1000万}
    rule: {key: budget.later_rule, values: [previous_total, rolling]}
  figures: {total: mean(budget.first)}
END
status 0 "a plan" "$BAOGAN" sensitivity plan.yaml --quiet --figure 'mean(budget.first)' --no-charts --out planned
cmp -s believed/sensitivity.csv planned/sensitivity.csv
ok $? "has its axes as inputs, with what is believed of them"
status 2 "a belief in a goal seek" "$BAOGAN" solve base.yaml --vary budget.growth --in p10=2%:p90=8% --until 'p_overspend <= 10%'
finish
