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

# A share of what is approved month by month.
scenario monthly 'budget: {prepayment: {approved: 97%, ceiling: 100%}, calendar: {settled: 2}}' \
    'actual: {2025: {residents: {expense: 96M, months: [8M, 8M, 8M, 8M, 8M, 8M, 8M, 8M, 8M, 8M, 8M, 8M]}}}'
status 0 "approved costs" "$BAOGAN" check monthly.yaml
prints "97% of each month's approved cost, paid in the next" "are read"
status 0 "in Chinese" "$BAOGAN" check monthly.yaml --lang zh
prints "各月核定费用的97%，次月拨付，全年不超过可支付额的100%" "too"
status 0 "budgets of such a contract" "$BAOGAN" budget monthly.yaml --explain
prints "97% of each month's approved cost" "say so"
# refused WORDS NAME ARGUMENT...: settling ends with this error.
refused() {
    words=$1 name=$2
    shift 2
    status 3 "$name" "$BAOGAN" settle monthly.yaml "$@"
    says "$words" "is refused with what is wrong"
}
refused "give \`months\`, the approved cost" "a year without months" --set 'actual[2025][residents].months=null'
refused "leave \`months\` or \`prepaid\` out" "months beside instalments" --set 'actual[2025][residents].prepaid=90M'
refused "There are 3 months" "three months" --set 'actual[2025][residents].months=[1M, 2M, 3M]'
refused "more than the expense of the year, 95,999,999.00 yuan" "months above the year" \
    --set 'actual[2025][residents].expense=95999999'
refused "need a calendar" "approved costs without a calendar" --set budget.calendar=null
refused "after the settlement in month 2" "a December that is paid too late" --set budget.prepayment.delay=3
status 0 "instalments that are known" "$BAOGAN" settle monthly.yaml \
    --set 'actual[2025][residents].months=null' --set 'actual[2025][residents].prepaid=90M'
status 0 "a ratio beside approved costs" "$BAOGAN" check monthly.yaml --set budget.prepayment.ratio=90%
says "instalments follow what is approved" "has no effect"
status 0 "months without approved costs" "$BAOGAN" settle monthly.yaml \
    --set budget.prepayment.approved=null --set budget.prepayment.ceiling=null
says "no effect without budget.prepayment.approved" "have no effect"
printf 'unit,year,budget,expense\nA,2025,100,96\n' >table.csv
status 3 "a table without instalments" "$BAOGAN" settle monthly.yaml --table table.csv
says 'add the column "prepaid"' "is asked for them"

# After the last year its clearing is still to be paid: with one payment of each, nothing of the years before.
scenario later 'budget: {growth: 4%, calendar: {paid: 5}, prepayment: {ratio: 90%}}' 'simulation: {years: 3, replications: 200}'
status 0 "a run with a calendar" "$BAOGAN" run later.yaml --no-charts --quiet --no-check --out later
prints "After December 2027 the community still" "says what is due after the last year"
[ "$(jq '(.due[0].due_fen - ([.projection[] | select(.unit == "residents") | .years[] | select(.year == 2027)][0].outcomes.clearing.mean_fen)) | fabs < 1' \
    later/result.json)" = true ]
ok $? "which is the mean clearing of that year"
[ "$(sed -n 1p later/due.csv)" = unit,due_yuan ]
ok $? "and due.csv has it"
finish
