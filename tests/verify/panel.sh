#!/bin/sh
# Intervals for the outcome of each row of a panel of three base years, learned from rows of earlier years alone.
#
#   tests/verify/panel.sh FILE.csv >OUT.csv
#
# FILE has the columns year, id, people_by3, cost_per_head_by1, _by2, _by3 and _py: what organisations of people spent in
# the three years before `year`, and in it. A row's base years are known at the end of the year before, its outcome at the
# end of its year. OUT has year,id,lo50,hi50,lo80,hi80,lo95,hi95 and a row for each of FILE but those of its first year,
# which are learned from. This script only puts rows into the form of `baogan backtest` and back; it computes nothing.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
baogan=${BAOGAN:-$here/../../build/baogan}
file=${1:?usage: panel.sh FILE.csv}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

tr -d '\r' <"$file" | awk -F, '
    NR == 1 {
        for (i = 1; i <= NF; i++) at[$i] = i
        print "county,year,known,people,paid"
        next
    }
    NF {
        y = $at["year"]
        series = y "/" NR "/" $at["id"] # an organisation may stand there twice
        people = $at["people_by3"] + 0 > 0 ? sprintf("%.2f", $at["people_by3"]) : ""
        for (k = 1; k <= 3; k++)
            printf "%s,%d,%d,%s,%.2f\n", series, y - 4 + k, y - 1, people, $at["cost_per_head_by" k]
        if ($at["cost_per_head_py"] + 0 > 0)
            printf "%s,%d,%d,%s,%.2f\n", series, y, y, people, $at["cost_per_head_py"]
    }' >"$work/panel.csv"
first=$(tr -d '\r' <"$file" | awk -F, '
    NR == 1 { for (i = 1; i <= NF; i++) if ($i == "year") at = i; next }
    NF && (!least || $at < least) { least = $at }
    END { print least + 1 }')

"$baogan" backtest "$work/panel.csv" --from "$first" --out "$work/out" --no-charts --quiet >/dev/null
awk -F, '
    NR == 1 {
        for (i = 1; i <= NF; i++) at[$i] = i
        print "year,id,lo50,hi50,lo80,hi80,lo95,hi95"
        next
    }
    {
        split($at["county"], series, "/")
        if (series[1] != $at["year"]) next
        printf "%s,%s", series[1], series[3]
        for (k = 1; k <= 3; k++) {
            level = k == 1 ? 50 : k == 2 ? 80 : 95
            printf ",%s,%s", $at["lo" level "_yuan"], $at["hi" level "_yuan"]
        }
        print ""
    }' "$work/out/forecasts.csv"
