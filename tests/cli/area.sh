#!/bin/sh
# A pooling area: communities under one pool, checked and run together.
# shellcheck source=support
. "$(dirname "$0")/support"
scenarios=$(cd "$(dirname "$0")/../../scenarios" && pwd)
cd "$work" || exit 1
cp -r "$scenarios/area.yaml" "$scenarios/area" .
run() { "$BAOGAN" run "$@" --quiet --no-charts --set simulation.replications=200; }

status 0 "an area is valid" "$BAOGAN" check area.yaml
prints "area.yaml: valid" "is said"
status 0 "an area is run" run area.yaml --out one
prints "3 communities under one pool; 200 simulated futures" "its page is printed"
prints "Shared by all communities: risk fund" "with what they share"
cmp -s stdout one/area.txt
ok $? "the page is in the directory"
for file in outcomes.csv events.csv run.json communities/River/report.txt communities/River/incentive.csv communities/Hill/result.json \
    communities/Coast/scenario.resolved.yaml; do
    [ -s "one/$file" ]
    ok $? "$file is there"
done
[ "$(sed 1q one/outcomes.csv)" = "community,unit,year,outcome,central,mean,mean_se,q10,q50,q90" ]
ok $? "outcomes have their header"
grep -q '"name": "Coast"' one/run.json
ok $? "run.json names the communities"

# Money does not vanish between a community's files and the area's: means add up, to the fen of each.
awk -F, '$4 == "budget" || $4 == "expense" || $4 == "entitlement" {
        if ($1 == "all") all[$3 $4] = $5; else sum[$3 $4] += $5 }
    END { for (k in all) { n++; d = all[k] - sum[k]; if (d > 0.001 || d < -0.001) bad++ }
          exit !(n == 9 && !bad) }' one/outcomes.csv
ok $? "central amounts of communities add up to those of the area"
# 98 % of (income - 60 million) bounds all budgets together, also in each community's own file.
awk -F, '$2 != "residents" { next } $1 == "all" && $4 == "budget" { budget[$3] = $5 }
    $1 == "all" && $4 == "income" { income[$3] = $5 }
    END { for (y in budget) { limit = 0.98 * (income[y] - 60000000)
              if (budget[y] > limit + 0.01) bad++; if (budget[y] > limit - 0.02) cut++ }
          exit !(cut && !bad) }' one/outcomes.csv
ok $? "the income limit binds and holds"
total=$(awk -F, 'FNR > 1 && $2 == 2027 { sum += $5 } END { printf "%.2f", sum }' one/communities/*/budget.csv)
grep -q "^all,residents,2027,budget,$total," one/outcomes.csv
ok $? "the communities' budget files show what the limit left"

status 0 "again with three threads" run area.yaml --out two --threads 3
cmp -s one/outcomes.csv two/outcomes.csv && cmp -s one/events.csv two/events.csv
ok $? "gives the same"
status 0 "with another seed" run area.yaml --out three --set simulation.seed=2
! cmp -s one/outcomes.csv three/outcomes.csv
ok $? "gives another"
status 0 "a fund that is not shared" run area.yaml --out four --set 'budget.funds[risk].shared=no'
! grep -q "Shared by all" stdout
ok $? "is not shown as shared"
status 0 "a page in Chinese" run area.yaml --out five --lang zh
prints "3个医共体，同一统筹基金；模拟200次" "is in Chinese"
status 0 "a community alone" run area/hill.yaml --out six
status 4 "a directory that is there" run area.yaml --out one
says "one" "is not replaced"

# What cannot be.
status 2 "--json" run area.yaml --json
says "they do not go with a pooling area" "is of one community"
status 3 "a budget of an area" "$BAOGAN" budget area.yaml
says "this is a pooling area" "is refused in words"
printf 'communities: {A: area/river.yaml, B: none.yaml}\n' >bad.yaml
status 4 "a community without a file" "$BAOGAN" check bad.yaml
says 'bad.yaml:1:38: communities[B].scenario: the file "./none.yaml" of the community B' "is named"
printf 'communities: {A: area/river.yaml}\nhistory: {2024: 5}\n' >bad.yaml
status 3 "past years of an area" "$BAOGAN" check bad.yaml
says "bad.yaml:2:10: history: this belongs to each community" "are refused"
printf 'communities: {A: area/river.yaml}\nbudget: {growth: 3%%, funds: {risk: {rate: 2%%, carry_over: true, shared: first_come}}}\nsettlement: [{release: {fund: risk}}, {clear: {}}]\n' >bad.yaml
status 3 "a shared fund released in full" "$BAOGAN" check bad.yaml
says "it can be released as far as their overspends need it" "is refused with its reason"
finish
