#!/bin/sh
# Figures of two schemes: each, their sums, and any of them.
# shellcheck source=support
. "$(dirname "$0")/support"
cd "$work" || exit 1
cat >two.yaml <<'END'
history:
  2023: {residents.total: 100M, employees.total: 40M}
  2024: {residents.total: 110M, employees.total: 43M}
people: {residents: 130000, employees: 12000}
simulation: {years: 2, replications: 1000}
END
cat >one.yaml <<'END'
history: {2023: 100M, 2024: 110M}
simulation: {years: 2, replications: 1000}
END

status 0 "two schemes" "$BAOGAN" run two.yaml --no-charts --quiet --keep-draws --out two
# A future counts once in a year and once for all years.
[ "$(awk -F, '
    FNR == 1 { for (i = 1; i <= NF; i++) if ($i == "event_overspend") at = i; next }
    $2 != "all" && $3 == 2025 && $at { first[$1] }
    $2 != "all" && $at { ever[$1] }
    END { print length(first), length(ever) }' two/draws.csv)" = \
    "$(awk -F, '$1 == "any" && $3 == "overspend" && $2 != 2026 { printf "%s%d", sep, $5; sep = " " }' \
        two/probabilities.csv)" ]
ok $? "probabilities.csv has any scheme, counted future by future"
[ "$(jq -r '.projection[-1] | .unit, .ever.overspend.hits' two/result.json | tr '\n' ' ')" = \
    "any $(awk -F, '$1 == "any" && $2 == "ever" && $3 == "overspend" { print $5 }' two/probabilities.csv) " ]
ok $? "and so has result.json"
status 0 "one scheme" "$BAOGAN" run one.yaml --no-charts --quiet --out one
! grep -q any one/probabilities.csv && [ "$(jq '.projection | length' one/result.json)" = 1 ]
ok $? "has no rows of any, which would be those of the scheme"
status 2 "an amount of any scheme" "$BAOGAN" run two.yaml --until 'se(mean(result.any)) <= 1M'
says "which is a unit of events (p_overspend.any)" "is refused"
status 2 "in Chinese" "$BAOGAN" run two.yaml --until 'se(mean(result.any)) <= 1M' --lang zh
says "只用于事件" "too"

# What figures are made of, in both languages.
status 0 "help on figures" "$BAOGAN" help figures
prints "of events: in at least one scheme" "has units"
prints "tvar95(overspend)" "has examples"
status 0 "in Chinese" "$BAOGAN" help figures --lang zh
prints "至少一个险种" "says what a unit is"
prints "医共体承担超支" "and an event"

# Without a unit: what has one answer must name it, others answer for each scheme and, of events, for any.
status 2 "a run until a figure of no unit" "$BAOGAN" run two.yaml --until 'se(p_loss) <= 1%'
says "write one of residents, employees, all, any, as in p_loss.ever.residents" "is refused with the names"
status 2 "in Chinese" "$BAOGAN" run two.yaml --until 'se(p_loss) <= 1%' --lang zh
says "未指明险种" "too"
cat >plan.yaml <<'END'
extends: two.yaml
sweep:
  axes: {g: {key: budget.growth, values: [6%, 8%]}}
  figures: {total: mean(budget.all), loss: p_loss.any}
  targets: {safe: p_overspend <= 10%}
END
status 3 "a target of a sweep" "$BAOGAN" sweep plan.yaml --out none
says "plan.yaml:5:19: sweep.targets[safe]: \"p_overspend <= 10%\" names no unit" "is refused at its place"
sed 's/p_loss.any/p_loss/; s/p_overspend/p_overspend.any/' plan.yaml >figure.yaml
status 3 "a figure of a sweep" "$BAOGAN" sweep figure.yaml --out none --lang zh
says 'sweep.figures[loss]: “p_loss”未指明险种' "likewise"
sed -i 's/p_overspend/p_overspend.any/' plan.yaml
status 0 "one that names its unit" "$BAOGAN" sweep plan.yaml --out swept --quiet

seek() { "$BAOGAN" solve two.yaml --vary budget.growth --in 0%:40% --quiet "$@"; }
status 0 "a goal seek" seek --until 'p_overspend.first <= 20%' --json
[ "$(jq -r '[.[].unit] | join(" ")' stdout)" = "residents employees any" ]
ok $? "answers for each scheme and for any"
[ "$(jq '.[2].crossings[0].value >= ([.[0, 1].crossings[0].value] | max)' stdout)" = true ]
ok $? "and any needs at least what each needs"
# The base is the mean of 100 and 110 million: 105 (1 + g), beside 110.
[ "$(jq '.[0].crossings[0] | .totals[0] == {scheme: "residents", year: 2025, total_yuan: (105000000 * (1 + .value)),
        before_yuan: 110000000, before: "paid"}' stdout)" = true ]
ok $? "with the total that it means and what the fund paid last year"
status 0 "of amounts" seek --until 'mean(result) >= 0' --lang zh
prints "居民医保，2026年总额" "it answers in money"
prints "mean(result.2026.employees) >= 0" "with the year and unit of each figure"
status 0 "one unit" seek --until 'p_overspend.first.any <= 20%' --json
[ "$(jq -r .asked stdout)" = "p_overspend.2025.any <= 20%" ]
ok $? "is one object"
status 5 "what employees cannot reach" "$BAOGAN" solve two.yaml --vary budget.growth --in 0%:19% \
    --until 'p_overspend.first <= 20%'
says "p_overspend.2025.employees <= 20% is met nowhere" "is said of them alone"

status 0 "a frontier" seek --vary demand.trend.prior --in 4%:8% --until 'mean(result) >= 0' --no-charts --out front
[ -s front/charts/data/frontier-residents.csv ] && [ -s front/charts/data/frontier-employees.csv ]
ok $? "is one of each scheme"
status 0 "a sensitivity" "$BAOGAN" sensitivity two.yaml --quiet --points 16 --vary budget.growth --in 0%:10% \
    --out sens --json
[ "$(jq -r '[.[].asked] | join(" ")' stdout)" = \
    "p_overspend.ever.residents p_overspend.ever.employees p_overspend.ever.any" ]
ok $? "is one of each, and of any"
[ "$(awk -F, 'NR > 1 { print $NF }' sens/sensitivity.csv | wc -l)" = 3 ] && [ -s sens/charts/tornado-any.png ]
ok $? "with a table of all and a chart of each"

# A total that is cut says so, in both languages.
cat >limited.yaml <<'END'
history: {2022: 494M, 2023: 552M, 2024: 563M}
people: {residents: {count: 500000, growth: 0, growth_sd: 0}}
budget: {growth: 8%, income_limit: 100%, adjustments: {extra: {amount: 20M}}}
pool: {residents: {income_per_head: 1000}}
simulation: {years: 1}
END
status 0 "a budget that the income limit cuts" "$BAOGAN" budget limited.yaml
prints "carries -6.8%" "says what growth it carries"
says "limited.yaml:3:36: budget.income_limit: the income limit cuts the total of residents in 2025" "and warns"
status 0 "in Chinese" "$BAOGAN" budget limited.yaml --lang zh
prints "支上限为11.7%" "says what it would be"
says "以收定支上限将居民医保2025年总额由599,240,000.00元压减为500,000,000.00元" "and warns"

# Policies stand in the same futures, and name what is there.
cat >unlike.yaml <<'END'
extends: two.yaml
sweep:
  axes: {t: {key: demand.trend.prior, values: [4%, 6%]}}
  policies: {a: {}, b: {set: ["simulation.years=1"]}, c: {set: ["simulation.seed=9"]}}
  figures: {loss: p_loss.any}
END
status 3 "policies of other years and seeds" "$BAOGAN" sweep unlike.yaml --out unlike
says 'sweep.policies[b]: this policy has another number of years than "a"' "are refused"
says 'sweep.policies[c]: this policy has another seed than "a"' "each at its place"
status 3 "in Chinese" "$BAOGAN" sweep unlike.yaml --out unlike --lang zh
says '该方案的年数与“a”不同' "too"
cat >slip.yaml <<'END'
extends: two.yaml
sweep:
  axes: {r: {key: 'budget.funds[riks].rate', values: [1%, 2%]}}
  policies: {a: {}, b: {set: ['budget.funds[gurantee].rate=5%']}}
  figures: {payable: mean(payable.all)}
END
status 3 "entries by a slip of the pen" "$BAOGAN" sweep slip.yaml --out slip
says 'slip.yaml:3:19: sweep.axes[r].key: budget.funds[riks].rate has an entry "riks"' "are refused in axes"
says 'sweep.policies[b].set[1]: budget.funds[gurantee].rate has an entry "gurantee" that the scenario has not; did you mean guarantee?' \
    "and in policies"
status 3 "in a goal seek" "$BAOGAN" solve two.yaml --vary 'budget.funds[riks].rate' --in 0%:10% \
    --until 'mean(payable.first) >= 1M' --lang zh
says '“riks”在情景中不存在；是否指 risk？' "too"
status 3 "in a sensitivity" "$BAOGAN" sensitivity two.yaml --vary 'budget.funds[riks].rate' --in 0%:10% --out slip
says 'did you mean risk' "too"

# What is without effect is named.
cat >undone.yaml <<'END'
extends: two.yaml
sweep:
  axes: {g: {key: budget.growth, values: [8%, 12%]}}
  policies: {a: {}, b: {set: ["budget.growth[2025]=20%"]}}
  figures: {total: mean(budget.all)}
END
status 0 "a policy that an axis undoes" "$BAOGAN" sweep undone.yaml --out undone --quiet
says 'sweep.policies[b]: this policy is the same scenario as "a"' "is named"
status 0 "in Chinese" "$BAOGAN" sweep undone.yaml --out undone2 --quiet --lang zh
says '该方案与“a”完全相同' "too"
status 0 "--set of a comparison" "$BAOGAN" compare two.yaml two.yaml --set budget.growth=8% --no-charts --quiet --out same
says "budget.growth=8% holds on both sides" "is said to hold on both sides"
cat >scored.yaml <<'END'
extends: two.yaml
performance: {score: 80, indicators: {care: 90}}
END
status 0 "a score beside indicators" "$BAOGAN" check scored.yaml
says "scored.yaml:2:22: performance.score: this has no effect" "is warned of"
status 0 "in Chinese" "$BAOGAN" check scored.yaml --lang zh
says "得分由指标得出，此处不起作用" "too"
cat >lines.yaml <<'END'
history: {2024: {residents.inpatient: 100M}}
simulation: {years: 1, replications: 200}
END
status 0 "an input that does nothing" "$BAOGAN" sensitivity lines.yaml --points 16 --no-charts --quiet --out lines \
    --figure 'mean(budget.first)' --vary budget.growth --in 0%:10% --vary performance.score --in 60:100
prints "Without any effect on it: performance.score." "is named"

# A mean given an event: wherever figures are asked for.
size='mean(overspend.first.residents | overspend)'
status 0 "a run until the size of an overspend is known" "$BAOGAN" run two.yaml --no-charts --quiet --out sized \
    --until "rse($size) <= 10%"
[ "$(jq '.given[] | select(.unit == "residents" and .year == 2025 and .outcome == "overspend") | .mean_fen | round' \
    sized/result.json)" = "$(awk -F, '
    FNR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
    $2 == "residents" && $3 == 2025 && $at["event_overspend"] { n++; sum += 100 * $at["overspend"] }
    END { printf "%.0f\n", sum / n }' two/draws.csv)" ]
ok $? "says the mean of the futures that have one"
status 2 "without a unit" "$BAOGAN" run two.yaml --until 'rse(mean(overspend | overspend)) <= 10%'
says 'as in mean(overspend.2026.residents | overspend.2026.residents)' "it is refused with an example"
status 2 "a quantile given an event" "$BAOGAN" run two.yaml --until 'se(q95(result.all | overspend)) <= 1M' --lang zh
says "仅均值可附事件条件" "is refused, in Chinese"
cat >sizes.yaml <<END
extends: two.yaml
sweep:
  axes: {g: {key: budget.growth, values: [6%, 12%, 60%]}}
  figures: {size: "$size", result: "mean(result.first.residents | overspend.any)"}
END
status 0 "a sweep" "$BAOGAN" sweep sizes.yaml --out sizes --quiet
grep -q '^0,.*,ok,,[0-9.]*,[0-9.]*,' sizes/rows/0000000.csv && grep -q '^2,.*,ok,,,,' sizes/rows/0000002.csv
ok $? "has no number where nothing is overspent"
status 0 "a goal seek" "$BAOGAN" solve two.yaml --vary budget.growth --in 4%:12% --quiet \
    --until 'mean(overspend.first | overspend) <= 10M'
prints "employees" "answers for each scheme"
status 0 "a sensitivity" "$BAOGAN" sensitivity two.yaml --points 16 --no-charts --quiet --out sizes_by \
    --figure "$size" --vary budget.growth --in 0%:10% --vary demand.emergency.probability --in 0%:10%
prints "budget.growth" "names what it hangs on"

# At least one scheme, and the sharing bands, in the report and in files.
grep -A 4 'Chances that at least one scheme has' two/report.txt | grep -q "overspend before sharing *$(awk -F, '
    $1 == "any" && $3 == "overspend" && $2 == 2025 { printf "%.1f", 100 * $6 }' two/probabilities.csv)%"
ok $? "the report says how likely it is that any scheme overspends"
! grep -q 'at least one scheme' one/report.txt
ok $? "but not of one scheme"
grep -A 6 'chance of each sharing band' two/report.txt | grep -q "overspend up to 5% *$(awk -F, '
    $1 == "residents" && $3 == "overspend_band1" && $2 == 2025 { printf "%.1f", 100 * $6 }' two/probabilities.csv)%"
ok $? "and how likely each band is"
[ "$(jq '.projection[] | select(.unit == "residents") | .years[0].probabilities.overspend_band1.hits' two/result.json)" = \
    "$(sed -n 's/^residents,2025,overspend_band1,1000,\([0-9]*\),.*/\1/p' two/probabilities.csv)" ]
ok $? "as result.json does"
[ "$(jq '[.projection[] | select(.unit == "all") | .ever | keys[] | select(test("band"))] | length' two/result.json)" = 0 ]
ok $? "the sums of schemes are in no band"
status 0 "a goal seek by a band" "$BAOGAN" solve two.yaml --vary budget.growth --in 4%:12% --quiet \
    --until 'p_overspend_band3.first.residents <= 10%'
prints "p_overspend_band3.2025.residents <= 10%" "answers"

# A complete sweep names what changed no figure by a bit.
cat >idle.yaml <<'END'
extends: two.yaml
sweep:
  axes:
    g: {key: budget.growth, values: [6%, 8%]}
    score: {key: performance.score, values: [85, 88], role: policy}
  policies:
    today: {}
    same: {set: [simulation.replications=1000]}
    more: {set: ["budget.funds[risk].rate=3%"]}
  figures: {expense: mean(expense.all), total: mean(budget.last.residents)}
END
status 0 "a sweep" "$BAOGAN" sweep idle.yaml --out idle --quiet
says "sweep.axes: the axis score (performance.score) changed no figure by a bit" "names the axis without effect"
! grep -q 'the axis g ' stderr
ok $? "and no other"
says 'sweep.policies: the policy "same" changed no figure by a bit: in every row it gives what "today" gives' \
    "and the policy"
says 'the policy "more" changed no figure' "a policy that moves what no figure looks at is one"
status 2 "with --strict" "$BAOGAN" sweep idle.yaml --out idle --quiet --strict
status 0 "in Chinese" "$BAOGAN" sweep idle.yaml --out idle --quiet --lang zh
says "（performance.score）没有使任何指标发生丝毫变化" "likewise"
status 0 "a shard" "$BAOGAN" sweep idle.yaml --out idle_part --quiet --shard 0/2
! grep -q 'no figure by a bit' stderr
ok $? "knows too little to say so"
sed 's/^sweep:/sweep:\n  design: latin_hypercube\n  points: 3/; s/values: \[6%, 8%\]/from: 6%, to: 8%/; s/values: \[85, 88\], role: policy/from: 85, to: 88/' \
    idle.yaml >cube.yaml
status 0 "a design that moves all axes at once" "$BAOGAN" sweep cube.yaml --out cube --quiet
! grep -q 'the axis' stderr
ok $? "says nothing of axes"
says 'the policy "more" changed no figure' "but of policies"

# What is set for a scheme or a line that is not there.
cat >alone.yaml <<'END'
history: {csv: alone.csv}
simulation: {years: 1, replications: 1000}
people: {residents: 100000}
money_unit: wan
END
printf 'year,line,cases,cost,paid\n2024,residents.inpatient.in,10000,9000,4500\n' >alone.csv
status 0 "a scheme that is not there" "$BAOGAN" check alone.yaml --set 'budget.schemes[employees].growth=9%'
says "budget.schemes[employees]: The history has no expense of the scheme employees" "is warned of"
status 0 "the trend of a total where all lines have cases" "$BAOGAN" check alone.yaml --set demand.trend.prior=9%
says "demand.trend.prior: This has no effect, because every line has cases" "too"
status 0 "in Chinese" "$BAOGAN" check alone.yaml --set demand.trend.prior=9% --lang zh
says "各项目均有人次" "likewise"
status 2 "with --strict" "$BAOGAN" check alone.yaml --set demand.trend.prior=9% --strict
status 0 "of a total" "$BAOGAN" check one.yaml --set demand.trend.prior=9% --strict
# What is kept of a yuan saved: the table has what the file for machines has.
grep -A 3 'Of a yuan saved or overspent' two/report.txt | grep -q "$(awk -F, '
    $1 == "residents" && NR == 2 { printf "%s  %.2f ±", $2, $4 }' two/incentive.csv)"
ok $? "the community's part of a yuan is told in the report"
[ "$(jq '[.incentive[] | select(.year == "all")] | length' two/result.json)" -eq "$(grep -c ',all,' two/incentive.csv)" ]
ok $? "and stands in the result"
finish
