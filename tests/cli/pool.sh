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
