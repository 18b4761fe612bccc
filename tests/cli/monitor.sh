#!/bin/sh
# A running year watched by its months.
# shellcheck source=support
. "$(dirname "$0")/support"
cd "$work" || exit 1
monitor() { "$BAOGAN" monitor "$@" --quiet --no-charts; }
county=$root/scenarios/county.yaml
known=$root/scenarios/examples/monitor_2026.csv

# ---- the example ----
status 0 "the example" "$BAOGAN" monitor "$county" --actual "$known" --out example
prints "Residents' scheme: amber. By the end of June 28,200 wan yuan were spent" "answers for a scheme in its first sentence"
prints "Employees' scheme: red" "and for the other"
prints "To end without an overspend the 6 months to come may cost" "says what must happen"
prints "It turned amber with April" "says since when"
[ -s example/charts/monitor-residents.png ] && [ -s example/charts/monitor-all.svg ] && [ -s example/monitor.csv ] && [ -s example/month_ends.csv ]
ok $? "leaves tables and charts"
[ "$(grep -o 'data:image/svg' example/monitor.html | wc -l)" -eq 3 ] && grep -q 'amber' example/monitor.html
ok $? "and a page that holds them"
status 0 "the example in Chinese" monitor "$county" --actual "$known" --lang zh --out zh
prints "居民医保：黄灯。截至6月末支出28,200万元" "answers in Chinese"
prints "如要不超支，其余6个月支出须不超过" "and says what must happen"
status 0 "as JSON" monitor "$county" --actual "$known" --json --out json
jq -e '.year == 2026 and .months == 6 and (.units | length) == 3 and .units[1].light == "red"
    and (.month_ends | length) == 39 and .units[2].known_fen == .units[0].known_fen + .units[1].known_fen
    and ([.month_ends[] | select(.unit == "residents" and .month == 6)][0].as_expected_amber > 0)' stdout >/dev/null
ok $? "has units, month-ends and rates of false alarms"

# ---- by hand ----
cat >one.yaml <<'END'
history: {2023: 1亿, 2024: 1.05亿, 2025: 1.1亿}
people: {residents: 120000}
simulation: {years: 2}
demand: {season: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]}
END
printf 'year,month,paid\n2026,1,9500000\n' >january.csv
status 0 "one month" monitor one.yaml --actual january.csv --json --out first
jq -r '.month_ends[] | select(.month > 0) | .expected_fen / 100' stdout >expected
status 0 "one month in words" monitor one.yaml --actual january.csv --out first_words
prints "One month is little" "says that it is little"
# k months that are 10 % above: the rest rises by the share k V / (k V + r) of it, in logarithms. r is monitor.month_noise
# squared and, of 9,900 payments a month with variance (2 + 5.5^2) / n, what chance does to them.
above() { awk -v k="$1" -v by="$2" 'BEGIN { print "year,month,paid" } NR <= k { printf "2026,%d,%.2f\n", NR, $1 * by }' expected; }
above 6 1 >usual.csv
above 6 1.1 >above.csv
status 0 "six months as expected" monitor one.yaml --actual usual.csv --json --out usual
jq -c '.units[0]' stdout >usual.json
status 0 "six months a tenth above" monitor one.yaml --actual above.csv --json --out above
jq -e --slurpfile usual usual.json '.units[0] as $up | $usual[0] as $plain
    | ((.month_ends[0].q975_fen / .month_ends[0].q025_fen | log) / 3.91993) as $sd
    | (0.0016 + 32.25 / 9900) as $r
    | ($sd * $sd - $r / 12) as $v
    | (6 * $v / (6 * $v + $r)) as $share
    | (($up.rest_likely_fen / $plain.rest_likely_fen | log) / (1.1 | log)) as $lift
    | ($lift - $share | fabs) < 0.01 and ($up.carried - $share | fabs) < 0.01 and $share > 0.8' stdout >/dev/null
ok $? "the rest rises by k V / (k V + r) of it"
jq -e '.units[0] | .known_fen * 10 / 11 - .expected_to_date_fen | fabs < 2000' stdout >/dev/null
ok $? "the year to date is what was given"
jq -e '[.units[].p_overspend] | all(. >= 0 and . <= 1)' stdout >/dev/null
ok $? "chances are chances"

# ---- the second year of the contract ----
printf 'year,month,paid\n2027,1,9500000\n' >later.csv
status 0 "the year before unknown" monitor one.yaml --actual later.csv --json --out later
says "the year 2026 of the contract is over" "is said"
jq '.units[0].expected_to_date_fen' stdout >later.value
{ above 12 1.1; printf '2027,1,9500000\n'; } >both.csv
status 0 "the year before by its months" monitor one.yaml --actual both.csv --json --out both
jq '.units[0].expected_to_date_fen' stdout >both.value
status 0 "the year before as actual" monitor one.yaml --set 'actual={2026: {residents: 1.26亿}}' --actual later.csv --json --out actual
jq '.units[0].expected_to_date_fen' stdout >given.value
! grep -q "of the contract is over" stderr
ok $? "is known then"
awk 'FNR == 1 { n++; v[n] = $1 } END { exit !(v[2] > 1.04 * v[1] && v[2] < 1.1 * v[1] && (v[3] / v[2] - 1)^2 < 0.01^2) }' later.value both.value given.value
ok $? "and what it came to is learned from"

# ---- incidents that are declared are no trend ----
cat >flu.yaml <<'END'
extends: one.yaml
incidents: {flu: {lines: [residents.*], from: 2026-02, until: 2026-03, cases: 30%}}
END
awk 'BEGIN { print "year,month,paid" } NR <= 4 { printf "2026,%d,%.2f\n", NR, $1 * (NR == 2 || NR == 3 ? 1.3 : 1) }' expected >flu.csv
status 0 "flu that is declared" monitor flu.yaml --actual flu.csv --json --out declared
rest() { jq '.units[0] | .rest_likely_fen / .rest_expected_fen' stdout; }
declared=$(rest)
status 0 "the same undeclared" monitor one.yaml --actual flu.csv --json --out undeclared
undeclared=$(rest)
awk -v a="$declared" -v b="$undeclared" 'BEGIN { exit !(a > 0.99 && a < 1.01 && b > 1.06) }'
ok $? "is no trend, but for who does not declare it"
status 0 "flu in words" monitor flu.yaml --actual flu.csv --out flu_words
prints "(flu)" "is named"

# ---- bookings ----
cat >booked.csv <<'END'
year,month,booked,paid
2026,1,2026-01,6000000
2026,1,2026-02,2500000
2026,1,2026-03,900000
2026,2,2026-02,5900000
2026,2,2026-03,2600000
2026,2,2026-04,850000
2026,3,2026-03,6200000
2026,3,2026-04,2500000
2026,4,2026-04,6100000
END
status 0 "months of care and of booking" monitor one.yaml --actual booked.csv --json --out incurred
# f_0 = (8.5 + 8.5 + 8.7) / (6 + 5.9 + 6.2), f_1 = (9.4 + 9.35) / (8.5 + 8.5)
jq -e '(.completion[0].share - 18.1 / 25.7 * 17 / 18.75 | fabs) < 1e-9 and (.completion[1].share - 17 / 18.75 | fabs) < 1e-9
    and .completion[2].share == 1 and .completion[0].sd > 0 and .run_off
    and .units[0].to_date_fen > .units[0].known_fen * 1.1' stdout >/dev/null
ok $? "are completed by the chain ladder"
status 0 "as booked" monitor one.yaml --actual booked.csv --set monitor.basis=booked --json --out booked
jq -e '.units[0].known_fen == .units[0].to_date_fen and (.run_off | not) and .units[0].known_fen == 3355000000' stdout >/dev/null
ok $? "month by month of booking"
status 0 "a completion of the scenario" monitor one.yaml --actual usual.csv --set 'monitor.completion=[60%, 90%]' --json --out given
jq -e '.completion[0].share == 0.6 and (.completion[0].sd - 0.2 * 0.4 / 0.6 | fabs) < 1e-12 and .completion[2].share == 1' stdout >/dev/null
ok $? "is taken as it is"

# ---- what is odd is said ----
odd() { # NAME EXIT WORDS, rows from standard input
    { echo 'year,month,paid'; cat; } >odd.csv
    rm -rf odd
    status "$2" "$1" monitor one.yaml --actual odd.csv --out odd
    says "$3" "$1: says so"
}
odd "a gap" 3 "months are missing" <<'END'
2026,1,9500000
2026,3,9500001
END
odd "a month twice" 3 "stands in line" <<'END'
2026,1,9500000
2026,1,9500001
END
odd "months out of order" 0 "stands behind a later one" <<'END'
2026,2,9500000
2026,1,9600000
END
sed 's/paid/paid_to_date/' >to_date.csv <<'END'
year,month,paid
2026,1,9500000
2026,2,19000000
2026,3,28700000
2026,4,38100000
END
status 0 "year to date" monitor one.yaml --actual to_date.csv --json --out to_date
jq -e '.units[0].known_fen == 3810000000 and ([.month_ends[] | select(.month == 3)][0].paid_fen - 970000000 | fabs) < 100' stdout >/dev/null
ok $? "is taken apart"
odd "year to date and single months" 3 "paid_to_date" <<'END'
2026,1,9500000
2026,2,19000000
2026,3,28700000
2026,4,38100000
2026,5,9500000
2026,6,9400000
END
odd "months that never change" 0 "are the same" <<'END'
2026,1,9500000
2026,2,9500000
2026,3,9500000
END
odd "a year that does not begin in January" 3 "month 1" <<'END'
2026,2,9500000
2026,3,9600000
END
odd "another year" 3 "no budget year" <<'END'
2031,1,9500000
END
odd "another scope from May on" 0 "Did the scope change" <<'END'
2026,1,9500000
2026,2,9600000
2026,3,9400000
2026,4,9500000
2026,5,12000000
2026,6,12100000
2026,7,11900000
END
odd "another unit of money" 0 "unit of money" <<'END'
2026,1,9500
2026,2,9600
END
odd "months that scatter" 0 "months scatter" <<'END'
2026,1,8000000
2026,2,11000000
2026,3,8000000
2026,4,11000000
2026,5,8000000
END
{ awk 'BEGIN { print "year,month,paid" } { printf "2025,%d,%d\n", NR, 8000000 + 300000 * NR }' expected; printf '2026,1,9500000\n'; } >season.csv
status 0 "another season in the year before" monitor one.yaml --actual season.csv --out season
says "the months of 2025 add up to" "asks why they are not what history has"
says "demand.season: [0.834, 0.864" "gives it"
prints "the same months of last year" "takes last year from the data"
printf 'county,year,month,paid\nA,2026,1,9500000\nB,2026,1,9500000\n' >two.csv
status 3 "two counties" monitor one.yaml --actual two.csv
says "a scenario is one community" "says so"
printf 'year,month,scheme,paid\n2026,1,employees,9500000\n' >other.csv
status 3 "another scheme" monitor one.yaml --actual other.csv
says "it is not said of which scheme" "says so"
printf 'year,month,scheme,paid\n2026,1,residents,9500000\n' >half.csv
status 3 "one scheme of two" monitor "$county" --actual half.csv
says "have no months of 2026" "says so"
printf 'year,month,line,paid\n2026,1,residents.inpatient.in,9500000\n2026,1,residents,9500000\n' >twice.csv
status 3 "a total and its lines" monitor one.yaml --actual twice.csv
says "would count its payments twice" "says so"
printf 'year,paid\n2025,95000000\n' >years.csv
status 3 "whole years" monitor one.yaml --actual years.csv
says "a year is watched by its months" "says so"
printf 'year,month,cost\n2026,1,95000000\n' >cost.csv
status 3 "cost alone" monitor one.yaml --actual cost.csv
says "no fund payments" "says so"
status 2 "no months" monitor one.yaml
says "--actual MONTHS.csv" "says what is needed"
status 3 "amber above red" monitor one.yaml --actual usual.csv --set monitor.amber=60%
says "monitor.red" "says so"
status 2 "strict with a question" monitor one.yaml --actual odd.csv --strict
[ ! -e odd2 ]
ok $? "and nothing is written"
