#!/bin/sh
# A search for a contract: what it finds, that it goes on where it was ended, and the studies that begin with it.
# shellcheck source=support
. "$(dirname "$0")/support"
cd "$work" || exit 1
cat >plan.yaml <<EOF
extends: $root/scenarios/three_numbers.yaml
simulation: {years: 2, replications: 200, engine: fast}
sweep:
  axes:
    growth: {key: 'budget.growth[2025]', from: 6%, to: 18%, steps: 25, role: policy}
    borne: {key: 'settlement[share_overspend].bands[rest]', from: 0%, to: 100%, steps: 21, role: policy}
  figures: {community: mean(reserve.last), total: mean(budget.last)}
  better: {community: higher, total: lower}
  targets: {rare: p_overspend.ever <= 60%}
EOF
search() { # ARGUMENTS
    rm -rf out
    "$BAOGAN" search plan.yaml --quiet --no-charts --out out "$@"
}
status 0 "a search" search --points 200 --store a.points --json --threads 1
jq -e '.policies == 525 and .looked_at > 40 and .looked_at <= 200 and .feasible >= (.front | length) and (.front | length) > 2' stdout >/dev/null
ok $? "it says how many it looked at, and has a front"
jq -e '[.front[].figures.community.value] | . == (sort | reverse)' stdout >/dev/null
ok $? "the front stands in the order of its first figure, the best first"
jq -e '[.front[].figures.total.value] | . == (sort | reverse) and (. | unique | length) == length' stdout >/dev/null
ok $? "what is better in one figure is worse in the other"
cp stdout one.json
status 0 "three threads" search --points 200 --store b.points --json --threads 3
cmp -s stdout one.json && cmp -s a.points b.points
ok $? "find the same, byte for byte"

# As if it had been ended while it wrote its hundredth policy.
head -n 101 a.points | head -c -5 >c.points
status 0 "it goes on from there" search --points 200 --store c.points --json
cmp -s stdout one.json && cmp -s a.points c.points
ok $? "and ends where the other one did"
head -c 30 a.points >f.points
status 0 "a file that was cut short in its heading" search --points 200 --store f.points --json
cmp -s stdout one.json && cmp -s a.points f.points
ok $? "is begun again"
status 0 "once more" search --points 200 --store c.points --json
cmp -s stdout one.json && cmp -s a.points c.points
ok $? "nothing is looked at twice"

status 0 "in words" search --points 200 --store a.points
prints "of 525 policies were looked at" "what was done is said"
prints "community: mean(reserve.last) (higher is better)" "what is sought is said"
status 0 "in another unit" search --points 200 --store a.points --money-unit million
prints "Amounts in million yuan" "the unit that was asked for"
status 0 "in Chinese" search --points 200 --store a.points --lang zh
prints "可选525项" "the same in Chinese"
prints "rare：p_overspend.ever <= 60%（须满足）" "what must hold is said"
[ "$(wc -l <out/front.csv)" -eq $(($(jq '.front | length' one.json) + 1)) ]
ok $? "the front is a table"

# The first of the front, run as it is, has the figures that the search told.
status 0 "a plan of the front runs" "$BAOGAN" run out/plans/1.yaml --no-charts --no-check --quiet --out run
jq -e --slurpfile found one.json '.projection[] | select(.unit == "residents") | .years[] | select(.year == 2026) |
    (.outcomes.budget.mean_fen / 100 - $found[0].front[0].figures.total.value) | . < 0.02 and . > -0.02' run/result.json >/dev/null
ok $? "and its total is the one that was told"

status 4 "the points of another plan" search --store a.points --set simulation.seed=2
says "This file holds the search of another plan or version" "that is said"
echo "mine" >mine.txt
status 4 "a file that is no search" search --store mine.txt
[ "$(cat mine.txt)" = mine ]
ok $? "is left as it is"
status 2 "too many points" search --points 200000
says '--points is "200000"; it must be a whole number from 1 to 100000' "what is allowed is said"
status 3 "a plan of futures" "$BAOGAN" search "$root/scenarios/studies/sharing.yaml"
says 'give axes of the future a single value' "what to write is said"
[ ! -e out ]
ok $? "nothing is written"
status 0 "targets that nothing meets" search --points 80 --store d.points --set 'sweep.targets[rare]=p_overspend.ever <= 0%'
prints "No policy meets all targets" "that is said"

status 0 "the study of a contract" "$BAOGAN" search "$root/scenarios/studies/contract.yaml" --quiet --no-charts --points 80 \
    --set simulation.replications=100 --out contract
status 0 "and of what it meets" "$BAOGAN" sweep "$root/scenarios/studies/contract_tried.yaml" --quiet --set sweep.points=60 \
    --set simulation.replications=100 --out tried --store tried.sqlite
status 0 "where it fails" "$BAOGAN" discover tried.sqlite --target pool --no-charts --out told
prints "Policy frugal" "by policy"
if command -v gnuplot >/dev/null; then
    rm -rf out
    status 0 "the picture" "$BAOGAN" search plan.yaml --quiet --points 80 --store e.points --lang zh --out out
    ! grep -q gnuplot stderr && grep -q "两项指标的取舍" out/charts/front-all.svg && [ -s out/charts/front-all.png ]
    ok $? "is drawn, in Chinese"
fi
finish
