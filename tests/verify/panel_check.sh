#!/bin/sh
# Intervals for the panel of foreign organisations with a budget hold what they say, and are better than naive ones.
#
# Needs the panel, which is not part of this tree: BAOGAN_VERIFY_DATA names a directory with panel/panel_2014_2018.csv and
# panel/baseline.py, which scores; for the national series china/fund_annual_1998_2020.csv.
set -u
here=$(cd "$(dirname "$0")" && pwd)
baogan=${BAOGAN:-$here/../../build/baogan}
data=${BAOGAN_VERIFY_DATA:-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

ok() {
    if [ "$1" -eq 0 ]; then
        echo "ok - $2"
    else
        echo "not ok - $2"
        failures=1
    fi
}

panel=$data/panel/panel_2014_2018.csv
if [ -z "$data" ] || [ ! -r "$panel" ] || [ ! -r "$data/panel/baseline.py" ]; then
    echo "ok - intervals of a panel # SKIP no panel: BAOGAN_VERIFY_DATA names no directory with panel/panel_2014_2018.csv"
else
    BAOGAN=$baogan sh "$here/panel.sh" "$panel" >"$work/intervals.csv"
    ok $? "every row from the second year on has intervals"
    python3 "$data/panel/baseline.py" "$panel" >"$work/naive"
    python3 "$data/panel/baseline.py" --score "$work/intervals.csv" "$panel" >"$work/own"
    sed 's/^/# /' "$work/own"
    # Fields from the end: coverage 50, 80, 95, scores 50, 80, 95; before them n and the years.
    awk 'FNR == NR { if ($NF + 0 > 0) for (k = 0; k < 2; k++) { y = $(NF - 7); s = $(NF - k); if (!((y, k) in best) || s < best[y, k]) best[y, k] = s }; next }
        $1 == "own" { for (k = 0; k < 2; k++) if ($(NF - k) > best[$2, k] * ($2 ~ /-/ ? 0.95 : 1)) { print "score", $2; bad = 1 }
            many = $2 ~ /-/
            if ($(NF - 4) < (many ? 75 : 70) || $(NF - 4) > (many ? 87 : 90) || $(NF - 3) < (many ? 92 : 90) || $(NF - 3) > (many ? 98 : 99)) { print "coverage", $2; bad = 1 }
            n++ }
        END { exit bad || n != 5 }' "$work/naive" "$work/own"
    ok $? "they beat the best naive forecast in each year, by 5 % in all, and cover what they say"
    # A year's intervals are learned from earlier rows alone: with later outcomes changed they are the same.
    awk -F, -v OFS=, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i } NR > 1 && $at["year"] >= 2017 { $at["cost_per_head_py"] *= 2 } 1' "$panel" >"$work/changed.csv"
    BAOGAN=$baogan sh "$here/panel.sh" "$work/changed.csv" | awk -F, '$1 <= 2017' >"$work/after"
    awk -F, 'NR == 1 || $1 <= 2017' "$work/intervals.csv" | tail -n +2 >"$work/before"
    cmp -s "$work/before" "$work/after"
    ok $? "outcomes of the year and later have no part in them"
fi

fund=$data/china/fund_annual_1998_2020.csv
if [ -z "$data" ] || [ ! -r "$fund" ]; then
    echo "ok - intervals of the national fund # SKIP no series: BAOGAN_VERIFY_DATA names no directory with china/fund_annual_1998_2020.csv"
else
    cut -d, -f1,5 "$fund" >"$work/fund.csv"
    "$baogan" backtest "$work/fund.csv" --window 3 --from 2001 --out "$work/fund" --quiet --no-charts >/dev/null
    awk -F, '$1 == "model" && $2 == "all" { found = $4 == 20 && $9 >= 0.85 && $13 ~ /./ && $16 <= 0.5 && $16 > 0
            print "# 95 % covers " $9 ", median width " $16 }
        END { exit !found }' "$work/fund/scores.csv"
    ok $? "years 2001 to 2020 from the three before: 95 % covers 85 % or more, no wider than half"
fi
exit $failures
