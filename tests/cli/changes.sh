#!/bin/sh
# Measures and incidents from the file to the report.
# shellcheck source=support
. "$(dirname "$0")/support"
cd "$work" || exit 1
flu=$root/scenarios/examples/flu_winter.yaml

run() { # NAME SCENARIO OPTION...
    name=$1 scenario=$2
    shift 2
    status 0 "$name runs" "$BAOGAN" run "$scenario" --quiet --no-charts --out "$name" \
        --set simulation.replications=2000 "$@"
}

holds() { # DIRECTORY TEXT NAME
    tr -s "\n " "  " <"$1/report.txt" | grep -qF -- "$2"
    ok $? "$3"
}

run plain "$root/scenarios/county.yaml"
run flu "$flu"
holds flu "Flu winter of 2026" "the report says what happens"
holds flu "cases +20%, November 2026 to December 2026" "with its size and months"

# A fifth more cases in two months of 1.05 twelfths each are 3.5 % of the year; all but chronic care is hit.
expense() { sed -n "s/^residents,$2,expense,\([^,]*\),.*/\1/p" "$1/outcomes.csv"; }
[ "$(expense plain 2027)" = "$(expense flu 2027)" ]
ok $? "the year after it keeps its figures"
awk -v a="$(expense plain 2026)" -v b="$(expense flu 2026)" 'BEGIN {exit !(b > 1.025 * a && b < 1.035 * a)}'
ok $? "its own year pays for it"

run none "$flu" --set 'incidents[flu].cases=0%'
cmp -s plain/outcomes.csv none/outcomes.csv
ok $? "an incident of nothing leaves every figure"

# What each does to the money.
holds flu "Flu winter of 2026 costs the fund " "the report says what it costs"
holds flu "wan yuan in 2026. By 2030 the community bears " "and who bears it"
[ ! -e plain/contributions.csv ] && ! grep -q '"contributions"' plain/result.json
ok $? "without measures and incidents nothing is said of them"
awk -F, 'NR > 1 && ($6 != "0.00" || $7 != "0.0000") {bad = 1} END {exit bad || NR != 1 + 3 * 6 * 6}' none/contributions.csv
ok $? "what is nothing does exactly nothing"
grep -q '"contributions"' flu/result.json
ok $? "the result has it, too"

cat >several.yaml <<END
extends: $root/scenarios/county.yaml
measures:
  referral: {lines: "*.inpatient.out", from: 2026-07, cases: {p10: -20%, p90: -5%}}
  prices:   {lines: "*.inpatient.*", from: 2027-01, cost: -4%}
incidents:
  flu: {from: 2026-11, until: 2027-01, cases: 20%, probability: 40%}
END
run several several.yaml
head -1 several/contributions.csv | grep -qx "change,kind,unit,year,outcome,mean_yuan,se_yuan"
ok $? "contributions.csv has its columns"
# In fen, which awk holds exactly: of a unit and year, each row by outcome; of an outcome, the rows.
awk -F, 'function fen(text) {sub(/\./, "", text); return text + 0}
    NR > 1 {
        place = $3 "," $4
        borne[$1 "," place] += ($5 == "result" ? -1 : $5 == "shared" || $5 == "covered" || $5 == "elsewhere") * fen($6)
        if ($5 == "expense") {expense[$1 "," place] = fen($6)}
        rows[place "," $5] += ($1 == "together" ? -1 : 1) * fen($6)
    }
    END {
        for (i in expense) {n++; if (expense[i] != borne[i]) exit 1}
        for (i in rows) if (rows[i] != 0) exit 1
        exit n != 5 * 3 * 6
    }' several/contributions.csv
ok $? "what is borne adds up to the expense, and the rows to all together, to the fen"
run threads several.yaml --threads 2
cmp -s several/contributions.csv threads/contributions.csv
ok $? "on any number of threads"

status 0 "a scenario beside the one with it" "$BAOGAN" compare "$root/scenarios/county.yaml" "$flu" --quiet \
    --no-charts --out beside --set simulation.replications=2000
prints "Flu winter of 2026 costs the fund " "says what it costs, too"
[ "$(cut -d, -f1 beside/contributions.csv | sort -u | tr "\n" " ")" = "reform side " ] && [ ! -e beside/outlays.csv ]
ok $? "and its table, of the side that has it"

# Two thirds of 88,000 admissions, three quarters of 200 yuan: some 9 million yuan a year at most, from July on,
# if nobody responds; more where patients do.
lower=$root/scenarios/examples/lower_deductible.yaml
still='demand.services[inpatient]'
run lower "$lower" --set "$still.cases_elasticity=0" --set "$still.cases_elasticity_sd=0" \
    --set "$still.cost_elasticity=0" --set "$still.cost_elasticity_sd=0"
holds lower "level county, deductible 300 yuan, from July 2026 on" "changed terms are said"
difference() { echo "$(expense plain "$1") $(expense lower "$1")" | awk '{print int($2 - $1)}'; }
[ "$(difference 2026)" -gt 3000000 ] && [ "$(difference 2026)" -lt 5000000 ]
ok $? "half a year of a lower deductible"
[ "$(difference 2027)" -gt 7000000 ] && [ "$(difference 2027)" -lt 9500000 ]
ok $? "a year of it"
run respond "$lower"
[ "$(awk -v a="$(expense respond 2027)" -v b="$(expense lower 2027)" 'BEGIN {print (a > b + 1000000)}')" = 1 ]
ok $? "patients respond to a lower price"
run same "$lower" --set 'benefits[lower_deductible].deductible.first=500'
cmp -s plain/outcomes.csv same/outcomes.csv
ok $? "terms that do not change leave every figure"

# A tenth of 61,000 admissions without the 300 yuan of deductible of which the fund pays three quarters: 1.4 million at most.
run referred "$lower" --set "$still.cases_elasticity=0" --set "$still.cases_elasticity_sd=0" \
    --set "$still.cost_elasticity=0" --set "$still.cost_elasticity_sd=0" \
    --set 'benefits[lower_deductible].referred=10%'
holds referred "referred within the community, without a deductible, 10%" "the share that is referred is said"
more=$(awk -v a="$(expense referred 2027)" -v b="$(expense lower 2027)" 'BEGIN {print int(a - b)}')
[ "$more" -gt 1000000 ] && [ "$more" -lt 1400000 ]
ok $? "referral is one admission with one deductible"

# Of care outside a quarter of the cases at 45 of 57.55 parts is paid by nobody's referral: 26 of 131 million yuan, of
# which 10 of 45 parts fall away if nobody responds.
outside=$root/scenarios/examples/out_of_area.yaml
run outside "$outside" --set "$still.cases_elasticity=0" --set "$still.cases_elasticity_sd=0" \
    --set "$still.cost_elasticity=0" --set "$still.cost_elasticity_sd=0"
holds outside "residents' inpatient care outside the county, level neither, rate 35%, from January 2027 on" \
    "care outside has terms of its own by how it came about"
holds outside "A rate of 35 instead of 45 % for care that nobody referred saves the fund" "and what they save is said"
[ "$(expense plain 2026)" = "$(expense outside 2026)" ]
ok $? "nothing changes before"
less=$(awk -v a="$(expense plain 2027)" -v b="$(expense outside 2027)" 'BEGIN {print int(a - b)}')
[ "$less" -gt 5300000 ] && [ "$less" -lt 6100000 ]
ok $? "a lower rate for care that nobody referred"
run outside_zh "$outside" --lang zh
holds outside_zh "未备案未转诊异地就医报销比例由45%降至35%：居民住院（县外），级别neither" "terms by how care came about, in Chinese"
holds outside_zh "未备案未转诊异地就医报销比例由45%降至35%使基金支出减少" "and what they save"

# What a lower cap cuts off returns in part.
cat >capped.yaml <<END
extends: $root/scenarios/county.yaml
benefits:
  visits: {lines: residents.outpatient.in, rate: 39%}
  capped: {lines: residents.outpatient.in, from: 2027-01, cap: 30}
END
visits='demand.services[outpatient]'
run capped capped.yaml --lang zh
holds capped "未见实测研究；p10至p90为10%至80%" "what returns is an assumption"
run gone capped.yaml --set "$visits.cap_visits=0" --set "$visits.cap_admissions=0"
[ "$(expense capped 2026)" = "$(expense gone 2026)" ] &&
    awk -v a="$(expense capped 2027)" -v b="$(expense gone 2027)" 'BEGIN {exit !(a > b + 1000000)}'
ok $? "what a lower cap cuts off returns in part"
status 3 "more admissions where visits are cheaper are refused" "$BAOGAN" check capped.yaml \
    --set "$still.outpatient_elasticity=-0.1"
says "from 0 to 3" "with what is allowed"

# Patients pay less of what an insurer pays more, and the fund pays more where the pool is in its place.
threshold=$root/scenarios/examples/catastrophic_threshold.yaml
patients() { sed -n "s/^residents,$2,patients,\([^,]*\),.*/\1/p" "$1/outcomes.csv"; }
run threshold "$threshold" --set "$still.cases_elasticity=0" --set "$still.cases_elasticity_sd=0" \
    --set "$still.cost_elasticity=0" --set "$still.cost_elasticity_sd=0"
holds threshold "catastrophic insurance above 8,000 yuan a person and year, from January 2027 on" "terms of a year are said"
holds threshold "rate 60% to 50,000 yuan, 70% to 100,000 yuan, 80% above" "with their bands"
holds threshold "is paid by an insurer: its premium is in the fund's payments already" "and who pays"
[ "$(expense plain 2027)" = "$(expense threshold 2027)" ]
ok $? "an insurer costs the fund nothing"
[ "$(patients plain 2026)" = "$(patients threshold 2026)" ]
ok $? "before it begins nobody pays less"
awk -v a="$(patients plain 2027)" -v b="$(patients threshold 2027)" 'BEGIN {exit !(b < 0.999 * a && b > 0.9 * a)}'
ok $? "then patients do"
run pays "$threshold" --set 'benefits[insurance].catastrophic.paid_by=pool'
awk -v a="$(expense plain 2027)" -v b="$(expense pays 2027)" 'BEGIN {exit !(b > 1.001 * a && b < 1.1 * a)}'
ok $? "a pool that pays itself pays more"
status 3 "a limit of outpatient care" "$BAOGAN" check "$threshold" --set 'benefits[year].outpatient_limit=100'
says "is no outpatient care" "holds for no inpatients"
run threshold_zh "$threshold" --lang zh
holds threshold_zh "大病保险起付标准每人8,000元" "terms of a year in Chinese"

# What a pooling area decides holds for its communities that have such a line.
printf 'extends: %s/scenarios/area.yaml\nmeasures: {referral: {lines: "*.inpatient.out", from: 2027-07, cases: -5%%}}\n' \
    "$root" >area.yaml
status 0 "an area with a measure" "$BAOGAN" check area.yaml
says "has no effect in River" "a community without the line is told"
printf 'extends: %s/scenarios/area/river.yaml\nmeasures: {referral: {lines: "*.inpatient.out", from: 2027-07, cases: -5%%}}\n' \
    "$root" >river.yaml
printf '%s\n' "extends: $root/scenarios/area.yaml" 'measures:' \
    '  back: {lines: "*.inpatient.out", from: 2027-07, place: {to: residents.inpatient.in, share: 5%}}' >back.yaml
status 0 "an area whose patients come back" "$BAOGAN" check back.yaml
status 3 "alone it is wrong" "$BAOGAN" check river.yaml
printf '%s\n' "extends: $root/scenarios/area.yaml" 'measures:' \
    '  doctors: {lines: residents.*, from: 2026-07, cases: -2%, outlay: {amount: 100万, payer: community}}' >together.yaml
status 0 "an area with a measure that costs something" "$BAOGAN" run together.yaml --quiet --no-charts --out together \
    --set simulation.replications=1000
prints "doctors saves the fund " "its page says what it does to all"
prints "doctors: by 2027 the outlay is 6.0" "and what it costs all of them"
[ "$(cut -d, -f1 together/outlays.csv | sort -u | tr "\n" " ")" = "Coast Hill River all community " ]
ok $? "its table has each community and all"
awk -F, 'function fen(text) {sub(/\./, "", text); return text + 0}
    NR > 1 {sum[$2 "," $4 "," $5 "," $6] += ($1 == "all" ? -1 : 1) * fen($7)}
    END {for (i in sum) {n++; if (sum[i] != 0) exit 1}; exit n != 4 * 6}' together/contributions.csv
ok $? "communities add up to the fen"
[ -e together/communities/River/outlays.csv ] && grep -q "doctors" together/communities/River/report.txt
ok $? "each has its own"

# What hospitals do is by what the contract leaves them, and told by year.
run hospitals "$root/scenarios/examples/hospitals_respond.yaml"
holds hospitals "What providers do, as far as they keep what is saved" "the report says what providers do"
holds hospitals "This assumes that providers answer the contract" "its first page says that they are taken to"
awk -F, 'NR > 1 {n++; if ($3 <= 0 || $3 > 1 || $5 <= 0 || $7 >= $6) exit 1} END {exit n != 10}' hospitals/response.csv
ok $? "each scheme and year keeps something and spends less"
holds hospitals "Do they save?" "one sentence says whether they save"
holds hospitals "Do they bring patients home?" "one whether they bring patients home"
holds hospitals "Do they stint?" "one whether they stint"
awk -F, 'NR > 1 && $1 != "all" {sum[$2] += $10} NR > 1 && $1 == "all" {sum[$2] -= $10} END {for (i in sum) {n++
    if (sum[i] > 0.1 || sum[i] < -0.1) exit 1} exit n != 5}' hospitals/accounts.csv
ok $? "what is left of care adds up over schemes"
awk -F, 'NR > 1 && $1 ~ /inpatient/ {n++; if (!($8 < $7 && $9 > $8)) exit 1} END {exit n != 10}' hospitals/case_margins.csv
ok $? "under the contract one more stay leaves less, one brought home more"
run rest "$root/scenarios/examples/hospitals_respond.yaml" --set 'settlement[share_surplus].bands={10%: 0%, rest: 0%}' \
    --set 'settlement[share_overspend].bands={5%: 0%, 10%: 0%, rest: 0%}' --set demand.disallowed=0
awk -F, 'NR > 1 {n++; if ($5 > 0.02) exit 1} END {exit n != 10}' rest/response.csv
ok $? "where nothing is kept there is next to nothing of it"

# What a measure costs beside care, and brings back: half a million in 2026, a million a year after that.
doctors=$root/scenarios/examples/family_doctors.yaml
run doctors "$doctors"
holds doctors "beside care it costs 50 wan yuan in 2026, 100 wan yuan a year after that, paid by the community in month 7." \
    "the report says what a measure costs"
holds doctors "All together: by 2030 the outlay is 450 wan yuan, paid by the community." "and all together"
holds doctors "on average it is " "and when it is earned back"
holds doctors "The community, which pays, is " "and what is left to who pays"
[ "$(sed -n 's/^admissions,measure,all,all,[^,]*,\([^,]*,[^,]*,[^,]*\),.*/\1/p' doctors/outlays.csv)" = 4500000.00,0.00,0.00 ]
ok $? "outlays.csv has it"
awk -F, 'function fen(text) {sub(/\./, "", text); return text + 0}
    NR > 1 {
        rows[$3 "," $4] += ($1 == "together" ? -1 : 1) * fen($9)
        if (fen($9) != fen($5) - fen($6) - fen($7) - fen($8)) exit 1
        if (fen($9) != fen($11) + fen($12) + fen($13) + fen($14) + fen($15)) exit 1
    }
    END {for (i in rows) {n++; if (rows[i] != 0) exit 1}; exit n != 3 * 6}' doctors/outlays.csv
ok $? "net of it rows and parties add up to the fen"
[ ! -e several/outlays.csv ] && ! grep -q '"outlays"' several/result.json
ok $? "where nothing costs anything nothing is said of it"
run unpaid "$doctors" --set 'measures[admissions].outlay.amount=0'
cut -d, -f1-6 doctors/outcomes.csv >paid.csv
cut -d, -f1-6 unpaid/outcomes.csv | diff paid.csv - | grep -c '^<' >lines
diff doctors/outcomes.csv unpaid/outcomes.csv | grep '^[<>]' | grep -v ',lowest_cash,' >others
[ "$(cat lines)" -gt 0 ] && [ ! -s others ]
ok $? "the community's outlay lowers its cash and no other outcome"
printf '%s\n' "extends: $doctors" 'measures: {admissions: {outlay: {payer: pool}}}' >pool.yaml
status 0 "another payer beside it" "$BAOGAN" compare "$doctors" pool.yaml --quiet --no-charts --out payers \
    --set simulation.replications=1000
outlay() { sed -n "s/^$1,admissions,measure,all,all,[^,]*,\([^,]*,[^,]*\),.*/\1/p" payers/outlays.csv; }
[ "$(outlay base)" = 4500000.00,0.00 ] && [ "$(outlay reform)" = 0.00,4500000.00 ]
ok $? "outlays.csv has both sides"
awk -F, '$1 == "difference" {n++; if ($7 != "0.00" || $8 != "0.0000") exit 1} END {exit n != 4 * 3 * 6 * 6}' payers/contributions.csv
ok $? "who pays makes no difference to what measures do"
[ "$(outlay difference)" = -4500000.00,4500000.00 ] &&
    grep -q "^difference,admissions,measure,all,all,.*,0.00,0.0000,,$" payers/outlays.csv
ok $? "nor to what is left in all, for sure: the difference is who has it"
run doctors_zh "$doctors" --lang zh
tr -d "\n " <doctors_zh/report.txt | grep -qF "至2030年累计投入450万元，由医共体承担。扣除投入后净收益"
ok $? "in Chinese, too"

printf '%s\n' "extends: $root/scenarios/area.yaml" 'measures:' \
    '  tiered: {lines: "*.inpatient.in", level: county, from: 2027-07, cases: -5%}' 'benefits:' \
    '  in_force: {lines: "*.inpatient.in", rate: 75%}' \
    '  lower: {lines: "*.inpatient.in", level: county, from: 2027-07, rate: 80%}' >levels.yaml
status 0 "an area with a measure and terms of a level" "$BAOGAN" check levels.yaml
says "measures[tiered].level[1]: Coast: This has no effect in Coast" "a community without the level is told of the measure"
says "benefits[lower].level: Coast: This has no effect in Coast" "and of the terms"

# A level of a line, and another to which patients move: 5 % of 70 % go from 4,000 to 1,000 yuan of 3,100.
cat >tiered.yaml <<END
extends: $lower
measures:
  tiered:
    lines: residents.inpatient.in
    level: county
    from: 2027-01
    place: {to: residents.inpatient.in, to_level: township, share: 5%}
END
run tiered tiered.yaml --set "benefits[lower_deductible].deductible.first=500"
holds tiered "inside the county, level county, 5% of the cases move to" "the report says which level"
holds tiered "inside the county, level township, from January 2027 on" "and where to"
[ "$(expense plain 2026)" = "$(expense tiered 2026)" ]
ok $? "until then figures stay"
awk -v a="$(expense plain 2027)" -v b="$(expense tiered 2027)" 'BEGIN {exit !(b < a)}'
ok $? "a level that is cheaper costs less"

# Points of the bill that the fund leaves to patients, who respond.
run list "$root/scenarios/county.yaml" --set 'measures[list].lines=residents.inpatient.in' \
    --set 'measures[list].from=2027-01' --set 'measures[list].fund_share=-3%'
holds list "the fund's share of the bill -3 points, from January 2027 on" "points are said"
awk -v a="$(expense plain 2027)" -v b="$(expense list 2027)" 'BEGIN {exit !(b < 0.99 * a && b > 0.95 * a)}'
ok $? "the fund pays less"

# An audit, and more insured people.
run audit "$root/scenarios/county.yaml" --set 'measures[audit].lines=residents.*' \
    --set 'measures[audit].from=2027-01' --set 'measures[audit].disallowed=1%' \
    --set 'measures[audit].people.p10=1%' --set 'measures[audit].people.p90=3%'
holds audit "insured people +1% to +3% (8 chances in 10), the share disallowed +1 points" "both are said"
awk -F, -v low=0.009 -v high=0.011 '$1 == "residents" && $2 == 2027 {mean[$3] = $5}
    END {share = mean["disallowed"] / mean["expense"]; exit !(share > low && share < high)}' audit/outcomes.csv
ok $? "a hundredth is disallowed"

run zh "$flu" --lang zh
holds zh "2026年冬季流感使基金支出增加" "what it costs"
holds zh "2026年冬季流感" "in Chinese, too"
finish
