#!/bin/sh
# The library of rules: each loads, carries a scenario, and settles an example that was worked by hand.
# shellcheck source=support
. "$(dirname "$0")/support"
cd "$work" || exit 1

# settles RULE RESULTS TABLE EXPECTED: rows settled by the rule give these results.
settles() {
    printf '%s\n' "$3" >table.csv
    printf '%s\n' "$4" >expected.csv
    status 0 "$1 settles a table" "$BAOGAN" settle "$root/scenarios/rules/$1.yaml" --quiet \
        --table table.csv --set "table={keep: [], write: $2}"
    cmp -s stdout expected.csv
    ok $? "as by hand"
}

# The worked example of sim/rules/README.md.
settles guangdong '[balance, result, clearing, institution.village_clinics]' \
    'budget,expense,emergency,disallowed,score
115500000,118000000,4000000,500000,85' \
    'balance,result,clearing,institution.village_clinics
-2693000.00,-807900.00,6967100.00,-130790.00'

# Payable 95. Overspend 10: the community bears 30 % of 4.75, 50 % of 4.75 and 0.5, hence 4.3; of the other
# 5.7 the fund has 5, and 0.7 fall back: -5; 105 - 5 - 95 = 5. Overspend 3: 0.9, the fund pays 2.1 and
# returns 2.9. Surplus 5: 4 are kept, 90 + 4 - 95 = -1.
settles adjustment_fund_5 '[result, clearing, account.adjustment, account.pool]' \
    'budget,expense
100000000,105000000
100000000,98000000
100000000,90000000' \
    'result,clearing,account.adjustment,account.pool
-5000000.00,5000000.00,0.00,-100000000.00
-900000.00,2100000.00,0.00,-97100000.00
4000000.00,-1000000.00,0.00,-94000000.00'

# 95 - 96 + 0.5 disallowed + 85 % of 5 = 3.75; 96 - 0.5 + 3.75 - 95 = 4.25.
settles quality_deposit_5 '[released, result, clearing]' \
    'budget,expense,disallowed,score
100000000,96000000,500000,85' \
    'released,result,clearing
4250000.00,3750000.00,4250000.00'

# 100 - 80 - 10 + 80 % of 5 = 14, of which 7.5 % of the turnover of 104 are kept: 7.8. Without the turnover
# 7.5. A loss is the operator's own: 100 - 95 - 10 + 4 = -1.
settles alzira '[result, shared]' \
    'budget,expense,care_elsewhere,incoming_patients,turnover
100000000,80000000,10000000,5000000,104000000
100000000,80000000,10000000,5000000,
100000000,95000000,10000000,5000000,104000000' \
    'result,shared
7800000.00,-12200000.00
7500000.00,-12500000.00
-1000000.00,-6000000.00'

# A county takes the rules over with its own history.
for rule in guangdong adjustment_fund_5 quality_deposit_5 alzira; do
    printf 'extends: %s/scenarios/rules/%s.yaml\nhistory: {2022: 100M, 2023: 110M, 2024: 120M}\n' \
        "$root" "$rule" >county.yaml
    status 0 "a county with the rules $rule" "$BAOGAN" check county.yaml
    printf 'actual: {2025: {residents: {expense: 118M}}}\n' >actual.yaml
    status 0 "is settled" "$BAOGAN" settle county.yaml --actual actual.yaml
done

# Guangdong's rules are the default ones: the same amounts, whoever wrote them.
amounts() { grep -o '"[a-z_]*_fen": -\?[0-9]*' stdout; }
printf 'history: {2022: 100M, 2023: 110M, 2024: 120M}\n' >default.yaml
status 0 "the default rules" "$BAOGAN" settle --json default.yaml --actual actual.yaml
amounts >default.amounts
(echo "extends: $root/scenarios/rules/guangdong.yaml" && cat default.yaml) >named.yaml
status 0 "the same by name" "$BAOGAN" settle --json named.yaml --actual actual.yaml
amounts | cmp -s - default.amounts && [ -s default.amounts ]
ok $? "give the same amounts"

# Every rule file is used by a test: those above, the shared savings by theirs, others by a case.
for file in "$root"/scenarios/rules/*.yaml; do
    name=$(basename "$file" .yaml)
    grep -qw "$name" "$here/rules.sh" || [ -e "$root/tests/cases/rules/$name.yaml" ]
    ok $? "$name.yaml has an example"
done

# Two readings of one rule on the same year: an overspend of 5 % by parts, and as a whole.
for reading in five_steps five_steps_whole; do
    printf 'extends: %s/scenarios/rules/%s.yaml\nhistory: {2022: 100M, 2023: 100M, 2024: 100M}\n' \
        "$root" "$reading" >$reading.yaml
    printf 'budget: {growth: 0%%}\nactual: {2025: 105M}\n' >>$reading.yaml
    status 0 "$reading" "$BAOGAN" settle $reading.yaml --explain
    cp stdout $reading.txt
done
grep -qF "band 3.6% to 5.2% of budget" five_steps.txt && grep -qF -- "-3,640,000.00" five_steps.txt
ok $? "by parts 3.64 million are borne"
grep -qF "the rate is above 3.6% and up to 5.2% of budget" five_steps_whole.txt &&
    grep -qF -- "-3,000,000.00" five_steps_whole.txt
ok $? "as a whole 3 million"
sed 's/^actual.*/settlement: {share_overspend: {apply: null}, share_surplus: {apply: null}}/' five_steps.yaml >open.yaml
status 0 "bands that do not say how they apply" "$BAOGAN" check open.yaml
says "Write \`apply: marginal\` or \`apply: whole\`." "are advised on"

# A plan with cliffs, and one of two readings, in a projection.
(cat named.yaml && echo "settlement: {share_surplus: {bands: {replace: all, 5%: 60%, rest: 0%}, apply: whole}}") >cliff.yaml
echo "simulation: {replications: 200}" >>cliff.yaml
status 0 "tiers on the whole amount" "$BAOGAN" run cliff.yaml --no-charts --quiet --out cliff
grep -qF "Tiers on the whole amount, and their cliffs" cliff/report.txt
ok $? "have their cliffs in the report"
# 5 % of 116.6 million are 5.83, of which 60 % are kept and beyond which nothing is.
grep -qF "residents,2025,share_surplus,budget,0.05,0,0.6,0,5830000.00,-3498000.00," cliff/tiers.csv
ok $? "and in a table"
[ "$(jq -r '.tiers[0].moves_fen' cliff/result.json)" = -349800000 ]
ok $? "and in the result"
(cat named.yaml && echo "settlement: {share_surplus: {bands: {replace: all, 5%: 60%, rest: 0%}, apply: null}}") >open.yaml
echo "simulation: {replications: 200}" >>open.yaml
status 0 "bands of two readings" "$BAOGAN" run open.yaml --no-charts --quiet --lang zh --out open
[ "$(grep -c "办法未写明各档比例" open/report.txt)" -eq 1 ] && [ "$(wc -l <open/readings.csv)" -eq 6 ]
ok $? "have both in the report"

# What rules are made of, in both languages.
status 0 "help on rules" "$BAOGAN" help rules
prints "  share_overspend: The community bears its share of an overspend" "says what a step is for"
prints "      - share_overspend: {base: budget, bands: {5%: 30%, 10%: 50%, rest: 100%}, apply: marginal, payer: pool}" "shows one"
prints "        with inputs: {penalty: money}" "and what it needs beside the plan"
(cat default.yaml && echo "settlement:" && sed '1,/^Where no plan is given/d' stdout) >printed.yaml
status 0 "in Chinese" "$BAOGAN" help rules --lang zh
prints "  share_overspend：合理超支分担" "says what a step is for"
prints "        另须 inputs: {penalty: money}" "and what its example needs"
status 0 "the overview" "$BAOGAN" help
prints "  help rules " "names the topic"
status 0 "the plan that help shows as the default" "$BAOGAN" settle --json printed.yaml --actual actual.yaml
amounts | cmp -s - default.amounts
ok $? "is the default"
finish
