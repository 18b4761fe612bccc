#!/bin/sh
# The pooled fund from the file to the report.
# shellcheck source=support
. "$(dirname "$0")/support"
cd "$work" || exit 1

run() { # NAME SCENARIO OPTION...
    name=$1 scenario=$2
    shift 2
    status 0 "$name runs" "$BAOGAN" run "$scenario" --quiet --no-charts --no-check --out "$name" \
        --set simulation.replications=2000 "$@"
}

holds() { # DIRECTORY TEXT NAME
    tr -s "\n " "  " <"$1/report.txt" | grep -qF -- "$2"
    ok $? "$3"
}

outcome() { sed -n "s/^residents,$2,$3,\([^,]*\),.*/\1/p" "$1/outcomes.csv"; }

# Nobody leaves before the contribution rises; then 1.1^-0.1 = 99.05 % stay, and who leaves costs half as much as all:
# less by some 0.5 %. Income is that of 400 + 828.6 yuan a head, as of 1,228.6.
run plain "$root/scenarios/county.yaml"
run rise "$root/scenarios/examples/higher_contribution.yaml"
holds rise "what an insured person pays +10%, from January 2027" "a contribution that rises is said"
for what in income expense pool_balance; do
    [ "$(outcome rise 2026 "$what")" = "$(outcome plain 2026 "$what")" ]
    ok $? "before it rises, $what is that of the county"
done
awk -v a="$(outcome plain 2027 expense)" -v b="$(outcome rise 2027 expense)" 'BEGIN {exit !(b > 0.994 * a && b < 0.998 * a)}'
ok $? "then some leave, and their cost with them"

# Some 475,000 to 480,000 who stay pay 40 yuan more, and 0.95 % of 500,000 take their subsidy of 850 to 900 along.
income() { sed -n "s/^$2,measure,residents,$3,income,\([^,]*\),.*/\1/p" "$1/contributions.csv"; }
[ "$(income rise higher_contribution 2026)" = 0.00 ] &&
    awk -v a="$(income rise higher_contribution 2027)" 'BEGIN {exit !(a > 12000000 && a < 15000000)}'
ok $? "the table has what the pool's income gains"
holds rise "brings the pooled fund 5,2" "a sentence says it"
holds rise "wan yuan of income by 2030. It saves the fund 1,2" "and what else it does"
[ "$(jq '[.contributions[] | select(.outcome == "income")] | length' rise/result.json)" -eq 18 ]
ok $? "the result has it, too"
run rise_zh "$root/scenarios/examples/higher_contribution.yaml" --lang zh
holds rise_zh "使统筹基金收入增加5,2" "in Chinese"

# Half of what audits bring back comes in the year of their ramp, the government pays for them; what is not deterred
# leaves all care.
fraud=$root/scenarios/examples/recovered_fraud.yaml
run fraud "$fraud" --set 'measures[audits].deterrence=null'
[ "$(outcome fraud 2028 expense)" = "$(outcome plain 2028 expense)" ]
ok $? "what is brought back is no expense"
mean_income() { sed -n "s/^residents,$2,income,[^,]*,\([^,]*\),.*/\1/p" "$1/outcomes.csv"; }
awk -v a="$(mean_income plain 2026)" -v b="$(mean_income fraud 2026)" -v c="$(income fraud audits 2026)" \
    'BEGIN {exit !(b - a > 2000000 && b - a - c < 1 && c - (b - a) < 1)}'
ok $? "income of its year has it, as the table"
holds fraud "Audits of hospitals and pharmacies brings the pooled fund 3,2" "what comes in is said"
holds fraud "wan yuan of income by 2030. Expense stays as it is." "with what stays"
holds fraud "by 2030 the outlay is 400 wan yuan, paid by the government. Net of that the gain is 2,8" "net of what it costs"
run deters "$fraud"
holds deters "each yuan of it deters 1 to 4 yuan of payments in the next year (8 chances in 10)" "what it deters is said"
[ "$(outcome deters 2026 expense)" = "$(outcome plain 2026 expense)" ]
ok $? "nothing is deterred before anything was brought back"
# 7.2 million on the mean, 2 to 3 yuan for each.
deterred() { sed -n "s/^audits,measure,all,$1,expense,-\([^,]*\),.*/\1/p" deters/contributions.csv; }
awk -v a="$(deterred 2027)" -v b="$(deterred 2028)" 'BEGIN {exit !(b > 14000000 && b < 22000000 && a > 0.48 * b && a < 0.53 * b)}'
ok $? "then as much as is brought back deters"
run fraud_zh "$fraud" --lang zh
holds fraud_zh "每追回1元使次年少支付1至4元（八成可能）" "what is deterred in Chinese"
holds fraud_zh "定点机构检查与资金追回使统筹基金收入增加3,2" "in Chinese"
holds fraud_zh "至2030年累计投入400万元，由财政承担。" "and what it costs"
status 0 "beside the county without" "$BAOGAN" compare "$root/scenarios/county.yaml" "$fraud" --quiet --no-charts --out beside \
    --set simulation.replications=1000
prints "brings the pooled fund 3" "says it, too"
grep -q "^reform,audits,measure,all,all,income,3" beside/contributions.csv
ok $? "in its table"

# How the pool stands.
holds plain "How the pooled fund stands (mean)" "what a pool has is said"
[ "$(wc -l <plain/pool.csv)" -eq 11 ] && head -1 plain/pool.csv | grep -q '^unit,year,income_yuan,income_se_yuan,spent_yuan,'
ok $? "of two pools in five years"
[ "$(jq '.pool | length' plain/result.json)" -eq 10 ]
ok $? "in the result, too"
run without "$root/scenarios/three_numbers.yaml"
holds without "The pool's income is not given" "a pool without income has no balance"
! grep -qi "pool balance" without/report.txt && [ "$(wc -l <without/pool.csv)" -eq 1 ] && grep -q ",pool_balance," without/outcomes.csv
ok $? "but for programs"

status 3 "an elasticity above 0" "$BAOGAN" check "$root/scenarios/examples/higher_contribution.yaml" \
    --set 'pool[residents].enrolment.elasticity=0.1'
status 3 "income in two ways" "$BAOGAN" check "$root/scenarios/county.yaml" --set 'pool[residents].subsidy=700'
says "Income is given twice" "is refused"
finish
