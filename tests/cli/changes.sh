#!/bin/sh
# Measures and incidents from the file to the report.
# shellcheck source=support
. "$(dirname "$0")/support"
cd "$work" || exit 1
flu=$root/scenarios/examples/flu_winter.yaml

run() { # NAME SCENARIO OPTION...
    name=$1 scenario=$2
    shift 2
    status 0 "$name runs" "$BAOGAN" run "$scenario" --quiet --no-charts --out "$name" \
        --set simulation.replications=2000 "$@"
}

holds() { # DIRECTORY TEXT NAME
    tr -s "\n " "  " <"$1/report.txt" | grep -qF -- "$2"
    ok $? "$3"
}

run plain "$root/scenarios/county.yaml"
run flu "$flu"
holds flu "Flu winter of 2026" "the report says what happens"
holds flu "cases +20%, November 2026 to December 2026" "with its size and months"

# A fifth more cases in two months of 1.05 twelfths each are 3.5 % of the year; all but chronic care is hit.
expense() { sed -n "s/^residents,$2,expense,\([^,]*\),.*/\1/p" "$1/outcomes.csv"; }
[ "$(expense plain 2027)" = "$(expense flu 2027)" ]
ok $? "the year after it keeps its figures"
awk -v a="$(expense plain 2026)" -v b="$(expense flu 2026)" 'BEGIN {exit !(b > 1.025 * a && b < 1.035 * a)}'
ok $? "its own year pays for it"

run none "$flu" --set 'incidents[flu].cases=0%'
cmp -s plain/outcomes.csv none/outcomes.csv
ok $? "an incident of nothing leaves every figure"

run zh "$flu" --lang zh
holds zh "2026年冬季流感" "in Chinese, too"
finish
