#!/bin/sh
# Figures of two schemes: each, their sums, and any of them.
# shellcheck source=support
. "$(dirname "$0")/support"
cd "$work" || exit 1
cat >two.yaml <<'END'
history:
  2023: {residents.total: 100M, employees.total: 40M}
  2024: {residents.total: 110M, employees.total: 43M}
people: {residents: 130000, employees: 12000}
simulation: {years: 2, replications: 1000}
END
cat >one.yaml <<'END'
history: {2023: 100M, 2024: 110M}
simulation: {years: 2, replications: 1000}
END

status 0 "two schemes" "$BAOGAN" run two.yaml --no-charts --quiet --keep-draws --out two
# A future counts once in a year and once for all years.
[ "$(awk -F, '
    FNR == 1 { for (i = 1; i <= NF; i++) if ($i == "event_overspend") at = i; next }
    $2 != "all" && $3 == 2025 && $at { first[$1] }
    $2 != "all" && $at { ever[$1] }
    END { print length(first), length(ever) }' two/draws.csv)" = \
    "$(awk -F, '$1 == "any" && $3 == "overspend" && $2 != 2026 { printf "%s%d", sep, $5; sep = " " }' \
        two/probabilities.csv)" ]
ok $? "probabilities.csv has any scheme, counted future by future"
[ "$(jq -r '.projection[-1] | .unit, .ever.overspend.hits' two/result.json | tr '\n' ' ')" = \
    "any $(awk -F, '$1 == "any" && $2 == "ever" && $3 == "overspend" { print $5 }' two/probabilities.csv) " ]
ok $? "and so has result.json"
status 0 "one scheme" "$BAOGAN" run one.yaml --no-charts --quiet --out one
! grep -q any one/probabilities.csv && [ "$(jq '.projection | length' one/result.json)" = 1 ]
ok $? "has no rows of any, which would be those of the scheme"
status 2 "an amount of any scheme" "$BAOGAN" run two.yaml --until 'se(mean(result.any)) <= 1M'
says "which is a unit of events (p_overspend.any)" "is refused"
status 2 "in Chinese" "$BAOGAN" run two.yaml --until 'se(mean(result.any)) <= 1M' --lang zh
says "只用于事件" "too"
finish
