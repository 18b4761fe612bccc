#!/bin/sh
# One unit of money a run: what people read, what they type, and what they paste back.
# shellcheck source=support
. "$(dirname "$0")/support"
cd "$work" || exit 1
cat >base.yaml <<'YAML'
money_unit: wan
history: {2022: 49400, 2023: 55200, 2024: 56300}
people: {residents: 500000}
budget: {growth: 5%, adjustments: {extra: 0}}
simulation: {years: 2, replications: 1000}
YAML
sed 's/money_unit: wan/money_unit: yuan/; s/49400, 2023: 55200, 2024: 56300/4.94亿, 2023: 5.52亿, 2024: 5.63亿/' base.yaml >open.yaml
extra='budget.adjustments[extra].amount'
solve() { "$BAOGAN" solve base.yaml --vary "$extra" "$@"; }

# The base is (49,400 + 55,200 + 56,300) / 3; grown by 5 % it is 56,315, to which 2,685 are added.
for range in 0:6000 0万:6000万 0wan:60M 0yuan:0.6亿; do
    status 0 "a range typed as $range" solve --in "$range" --until 'mean(budget.first) >= 59000'
    prints "[extra].amount = 2685 wan yuan: from here up, mean(budget.2025.residents) >= 59000wan holds." \
        "is one range"
done
prints "total 59,000 wan yuan, beside what the fund paid in 2024 (56,300) +4.8%." "its money is in the same unit"
prints "Looked at 0, 750, 1500, 2250, 3000, 3750, 4500, 5250, 6000 wan yuan, and closer" "and where it looked"
status 0 "the answer, pasted back" "$BAOGAN" budget base.yaml --set "$extra=2685 wan yuan"
prints "59,000.000000" "has the figure"
status 0 "in Chinese" solve --in 0:6000 --until 'mean(budget.first) >= 5.9亿' --lang zh
prints "[extra].amount = 2685万元：不低于此值时" "the unit is the file's"
printf '{extends: base.yaml, budget: {adjustments: {extra: 2685万元}}}\n' >pasted.yaml
status 0 "pasted into a file" "$BAOGAN" budget pasted.yaml --lang zh
prints "59,000.000000" "has the figure"
status 0 "as JSON" solve --in 0:6000 --until 'mean(budget.first) >= 59000' --json
[ "$(jq '.crossings[0].value, .crossings[0].totals[0].total_yuan' stdout | tr '\n' ' ')" = "26850000 590000000 " ]
ok $? "all is in yuan"
status 0 "a chance" solve --in 0万:6000万 --until 'p_over_budget.first <= 50%'
cp stdout suffixed
status 0 "a chance" solve --in 0:6000 --until 'p_over_budget.first <= 50%'
cmp -s suffixed stdout
ok $? "at the same value"
value=$(sed -n 's/.*\.amount = \(.*\): from here up.*/\1/p' stdout)
"$BAOGAN" run base.yaml --set "$extra=$value" --no-charts --quiet --out half >/dev/null 2>&1
[ "$(awk -F, '$2 == 2025 && $3 == "over_budget" { print ($6 <= 0.5 && $6 > 0.48) }' half/probabilities.csv)" = 1 ]
ok $? "which a run has when it is pasted back"

# The same money in each unit; 596,827,106.44 yuan of budget are no round number in any.
unit() { "$BAOGAN" budget open.yaml --set "$extra=12345.67" --money-unit "$@"; }
for row in yuan=563,162,345.67 thousand=563,162.34567 wan=56,316.234567 million=563.16234567 \
    yi=5.6316234567 billion=0.56316234567 千元=563,162.34567 亿元=5.6316234567; do
    status 0 "a budget in ${row%%=*}" unit "${row%%=*}"
    prints " ${row#*=} " "is ${row#*=}"
done
status 0 "without an option" "$BAOGAN" budget open.yaml --explain
prints "base 536,333,333.33 yuan" "a file in yuan leaves it to the verb, here to the fen"
prints "= 536,333,333.33 x (1 + 5%)" "in all that is said"
status 0 "of a file in wan" "$BAOGAN" budget base.yaml --explain
prints "= 53,633.333333 x (1 + 5%)" "it is the file's"
status 2 "another word" unit dollar
says "yuan|thousand|wan|million|yi|billion" "names what is allowed"
status 2 "in Chinese" unit dollar --lang zh
says "亿元" "too"
status 2 "where no money is printed" "$BAOGAN" params --money-unit wan

# A report has one unit throughout; files for machines have yuan whatever is read.
for words in 'en:wan yuan:Amounts in wan yuan (10,000 yuan)' 'zh:万元:金额单位：万元'; do
    language=${words%%:*} rest=${words#*:}
    status 0 "a run of the file in wan ($language)" "$BAOGAN" run base.yaml --no-charts --lang "$language" --out "wan-$language"
    grep -qF "${rest#*:}" "wan-$language/report.txt"
    ok $? "says its unit"
    ! grep -qE 'million|亿元|百万元' "wan-$language/report.txt"
    ok $? "and no other"
done
status 0 "the same run in million yuan" "$BAOGAN" run base.yaml --no-charts --money-unit million --out million
prints "Amounts in million yuan." "says so"
prints "2022  Expense of 2022" "and how the budget comes about"
prints "(494 + 552 + 563) / 3" "in the same"
for file in outcomes.csv probabilities.csv result.json scenario.resolved.yaml; do
    cmp -s "wan-en/$file" "million/$file"
    ok $? "$file does not hang on it"
done
grep -q '^money_en,"1000000"$' million/charts/data/run.csv && grep -q '^money_zh,"10000"$' wan-en/charts/data/run.csv
ok $? "the charts are told"
status 0 "a run is repeated in its unit" "$BAOGAN" run million/run.json --no-charts --out again
prints "Amounts in million yuan." "as it was asked for"
# A file that is gone leaves the target that was typed without a unit in the unit it was typed in.
cp base.yaml gone.yaml
status 0 "a run until an amount" "$BAOGAN" run gone.yaml --no-charts --until 'se(mean(expense)) <= 500' --out until
prints "Run until se(mean(expense)) <= 500wan: reached" "has the file's unit"
rm gone.yaml
status 0 "repeated without the file" "$BAOGAN" run until/run.json --no-charts --out until2
prints "<= 500wan: reached" "has the same target"
status 0 "with an amount more" "$BAOGAN" run until/run.json --no-charts --set "$extra=1000" --out until3
grep -q 'amount: 10000000.00' until3/scenario.resolved.yaml
ok $? "counts it in the file's unit, too"

# Two files of different units beside each other: the first decides.
sed 's/extra: 0/extra: 1000万/' open.yaml >reform.yaml
status 0 "a comparison" "$BAOGAN" compare base.yaml reform.yaml --no-charts --out beside
prints "expected amounts in wan yuan" "is in the unit of the base"
prints "1000 wan yuan" "with what differs"
status 0 "the other way round" "$BAOGAN" compare reform.yaml base.yaml --no-charts
prints "expected amounts in million yuan" "a file in yuan leaves it to the size"
status 0 "of two in wan" "$BAOGAN" compare base.yaml pasted.yaml --no-charts --money-unit yi
prints "expected amounts in yi yuan (100 million yuan)" "it may be asked for"
grep -q '^money_zh,"10000"$' beside/charts/data/run.csv
ok $? "so are its charts"
status 0 "what a figure hangs on" "$BAOGAN" sensitivity base.yaml --figure 'mean(budget.first)' --points 16 --no-charts \
    --vary "$extra" --in 0:6000 --vary budget.growth --in 0%:10%
prints "[extra].amount  0 wan yuan  6000 wan yuan" "is asked in the file's unit"
tr -s ' \n' ' ' <stdout | grep -qE 'has mean 5[0-9],[0-9]{3} wan yuan and standard deviation [0-9],[0-9]{3} wan yuan'
ok $? "and answered in it"
status 3 "a total below zero" "$BAOGAN" check base.yaml --set "$extra=-90000"
says " wan yuan, below zero" "is said in the file's unit"
status 3 "in another one" "$BAOGAN" check base.yaml --set "$extra=-90000" --money-unit million --lang zh
says "百万元，低于零" "if that is asked for"
status 0 "what was read" "$BAOGAN" check base.yaml --set "$extra=5000" --money-unit 亿元 --lang zh
prints "历史年度（亿元）" "is in the unit asked for"
prints "0.5亿元" "with what was written"
finish
