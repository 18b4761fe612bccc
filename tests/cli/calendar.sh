#!/bin/sh
# When the contract pays: what check says of it.
# shellcheck source=support
. "$(dirname "$0")/support"
cd "$work" || exit 1
head='people: {residents: 130000}
history: {2022: 100M, 2023: 100M, 2024: 100M}'

# scenario NAME LINE...: a file with these lines.
scenario() {
    name=$1
    shift
    { printf '%s\n' "$head" && printf '%s\n' "$@"; } >"$name.yaml"
}

scenario quarters 'budget: {prepayment: {ratio: 90%, shares: [30%, 20%, 20%, 30%], quarter_month: 3}}'
status 0 "shares of quarters" "$BAOGAN" check quarters.yaml
prints "by quarter: 30%, 20%, 20%, 30%," "are read"
status 0 "in Chinese" "$BAOGAN" check quarters.yaml --lang zh
prints "按季度：30%、20%、20%、30%，于季度第三个月拨付" "too"
scenario short 'budget: {prepayment: {shares: [30%, 20%, 20%, 20%]}}'
status 3 "shares that do not add up" "$BAOGAN" check short.yaml --lang zh
says "预拨比例合计为90%；须为100%。" "are refused with their sum"

# What is settled is paid later, in parts where it is owed.
scenario owed 'budget: {growth: 0%, calendar: {paid: 5, repayment: {months: 3, at_once: 1M, remainder: last}}}' \
    'actual: {2025: 80000000.01}' 'simulation: {years: 2, replications: 50}'
status 0 "a calendar" "$BAOGAN" check owed.yaml
prints "settled in" "is read"
prints "cash runs on" "with what it means"
status 0 "in Chinese" "$BAOGAN" check owed.yaml --lang zh
prints "次年3月清算，次年5月收付；应退款先退" "too"
prints "余数归入末期" "with where the remainder goes"
# 3 % and 2 % are held back; 80 of 95 million are spent, 5 of the 15 saved go to the pool and 3 come back: 90.00000001 of
# 95 are due, and 1 of the 2 is repaid at once. The rest is 999,999.99 less than what divides by three.
status 0 "a year that owes" "$BAOGAN" settle owed.yaml --explain
prints "2026-05  repayment" "repays at once"
prints "2026-08  repayment" "and in three months"
status 0 "in Chinese" "$BAOGAN" settle owed.yaml --lang zh
prints "2026-06  分期归还" "too"
status 1 "an expected month that is none" "$BAOGAN" test owed.yaml \
    --set 'expected[2025][residents].payments[May]=1'
status 0 "a projection by the calendar" "$BAOGAN" run owed.yaml --quiet --no-charts --out run
first=$(sed -n '/^residents,2025,12,/s/^[^,]*,[^,]*,[^,]*,\([^,]*\),.*/\1/p' run/monthly_cash.csv)
[ -n "$first" ] && grep -q '^calendar,"yes"' run/charts/data/run.csv &&
    grep -q "^2026,0,$first" run/charts/data/cash-residents.csv
ok $? "begins a year with the cash that the last one left"
scenario early 'budget: {calendar: {settled: 6, paid: 5}}'
status 3 "a settlement paid before it is made" "$BAOGAN" check early.yaml
finish
