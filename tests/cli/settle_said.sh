#!/bin/sh
# What a settlement says of what it did not find, rounded or worked out.
# shellcheck source=support
. "$(dirname "$0")/support"
cd "$work" || exit 1
cat >base.yaml <<'END'
money_unit: wan
history: {2022: 49400, 2023: 55200, 2024: 56300}
people: {residents: 500000}
END

printf 'actual: {2025: {residents: {expense: 59000, completion: 98%%}}}\n' >first.yaml
printf 'actual: {2025: {residents: {expense: 60500}}}\n' >second.yaml
status 0 "a year without a score" "$BAOGAN" settle base.yaml --actual first.yaml
prints "the scenario's; the actuals give none" "the score is said to be the scenario's"
status 0 "the same in Chinese" "$BAOGAN" settle base.yaml --actual first.yaml --lang zh
prints "取自情景设定；实际数据中未填得分" "it is said in Chinese"
status 0 "a year restated" "$BAOGAN" settle base.yaml --actual first.yaml --restate second.yaml
prints "59,000" "what was recorded before the last claims stands beside what it was completed to"

# -7.00 yuan by 60, 30 and 10 % divide evenly; -16,763,741.50 does not: .90, .45 and .15 do, so .51 leaves a fen.
printf 'actual: {2025: {residents: {expense: 605000000.05元}}}\n' >odd.yaml
status 0 "a result that does not divide" "$BAOGAN" settle base.yaml --actual odd.yaml --explain
prints "rounded down, and a fen that was left" "the fen left over is said"
printf 'actual: {2025: {residents: {expense: 600000000元, budget: 700000000元}}}\n' >even.yaml
status 0 "a result that divides evenly" "$BAOGAN" settle base.yaml --actual even.yaml --explain
! grep -q "left over" stdout
ok $? "nothing is left over"

# 700 million less 5 % are paid in advance, 400 spent: 665 - 400 + 21 released = 286, of which 70 are kept.
printf 'actual: {2025: {residents: {expense: 400000000元, budget: 700000000元}}}\n' >refund.yaml
status 0 "a year of which much is to be given back" "$BAOGAN" settle base.yaml --actual refund.yaml --explain
prints "Of the balance before sharing, 28,600 wan yuan, funds have paid 2,100 wan" "funds are told from what the year leaves"
prints "the year itself leaves 26,500 wan" "what the year leaves is said"
prints "19,500 wan yuan are to be given back" "why a refund is due"
prints "instalments of 66,500 wan yuan" "what was paid in advance is said"
status 0 "the same in Chinese" "$BAOGAN" settle base.yaml --actual refund.yaml --explain --lang zh
prints "应退回19,500万元：已预拨66,500万元" "it is said in Chinese"
# 665 + 21 - 680 = 6: without what comes back 15 are lacking.
printf 'actual: {2025: {residents: {expense: 680000000元, budget: 700000000元}}}\n' >back.yaml
status 0 "a surplus that is a fund coming back" "$BAOGAN" settle base.yaml --actual back.yaml --explain
prints "overspends 1,500 wan yuan" "is told"

printf 'actual: {2026: {residents: {expense: 61000}}}\n' >later.yaml
status 0 "a total that rolls on a year that is not known" "$BAOGAN" settle base.yaml \
    --actual later.yaml --set budget.later_rule=rolling
says "the total rolls on past expenses, and 2025 is not among the actuals" "is said"
status 0 "a total that does not roll" "$BAOGAN" settle base.yaml --actual later.yaml
! grep -q "rolls on" stderr
ok $? "says nothing of it"
finish
