#!/bin/sh
# The example worked by hand, line by line, against tests/golden; and its numbers by themselves.
# shellcheck source=support
. "$(dirname "$0")/support"
cd "$root" || exit 1
example=tests/cases/worked_example.yaml

# golden NAME COMMAND...
golden() {
    name=$1
    shift
    "$BAOGAN" "$@" >"$work/stdout" 2>"$work/stderr"
    ok $? "$name runs"
    diff "tests/golden/$name.txt" "$work/stdout" >"$work/diff"
    ok $? "$name is as it was"
    sed 's/^/# /' "$work/diff"
}

golden budget_explain budget --explain $example
for number in 115,500,000.00 119,542,500.00 123,726,487.50 3,465,000.00 3,586,275.00 3,711,794.63 \
    2,310,000.00 2,390,850.00 2,474,529.75 109,725,000.00 113,565,375.00 117,540,163.12 \
    9,143,750.00 9,463,781.25 9,795,013.60 9,795,013.59; do
    prints " $number" "the budget holds $number"
done
golden budget_explain_zh budget --explain --lang zh $example

golden settle_explain settle --explain $example
for number in -8,275,000.00 -7,775,000.00 2,772,000.00 -5,003,000.00 693,000.00 2,310,000.00 \
    -2,693,000.00 -807,900.00 1,885,100.00 -484,740.00 -242,370.00 -80,790.00 -300,000.00 \
    -150,000.00 -50,000.00 6,967,100.00; do
    prints " $number" "the settlement holds $number"
done
golden settle_explain_zh settle --explain --lang zh $example

for name in guarantee risk pool budget county_hospital township_centres village_clinics; do
    ! sed 's/params settlement --lang zh//' "$work/stdout" | grep -q "$name"
    ok $? "the settlement in Chinese does not say $name"
done

status 0 "the settlement as JSON" "$BAOGAN" settle --json $example
prints '"clearing_fen": 696710000' "counts fen"
status 3 "a year without actuals" "$BAOGAN" settle --year 2026 $example
status 3 "nothing to settle" "$BAOGAN" settle scenarios/three_numbers.yaml
says "--actual" "the message says what is missing"
status 0 "actuals in a file of their own" "$BAOGAN" settle scenarios/county_2022_2024.yaml \
    --actual scenarios/actuals/county_2025.yaml
prints "56,373.210000" "are read in their own unit"
# The national residents' fund of 2023 to 2025, 1,045,765, 1,066,149 and 1,067,863 million yuan, by
# 500,000 / 942,133,000 people: what the lines of the county add up to, each rounded to 100 yuan.
status 0 "the budget of the county" "$BAOGAN" budget scenarios/county.yaml --explain
for total in 55,499.860000 56,581.650000 56,672.620000; do
    prints "$total" "its history adds up to the national fund a head: $total"
done
cat >"$work/two.yaml" <<'END'
actual:
  2025: {residents: {expense: 100M, score: 100}}
  2026: {residents: {expense: 110M, score: 100}}
END
status 0 "two years in a row" "$BAOGAN" settle $example --actual "$work/two.yaml" --year 2026
[ "$(grep -c '^Settlement' "$work/stdout")" -eq 1 ]
ok $? "--year prints one"
prints "risk fund       2,310,000.00  2,390,850.00  4,700,850.00" \
    "the risk fund that 2025 left is carried into 2026"
printf 'actual:\n  2040: {residents: 100M}\n' >"$work/far.yaml"
status 3 "a year that is not budgeted" "$BAOGAN" settle $example --actual "$work/far.yaml"
says "far.yaml:2:" "has its place"
finish
