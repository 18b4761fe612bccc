#!/bin/sh
# The worked studies: their commands run, their questions have answers, their charts are drawn.
# shellcheck source=support
. "$(dirname "$0")/support"
cd "$work" || exit 1
if ! command -v gnuplot >/dev/null; then
    echo "ok - charts of studies # SKIP gnuplot is not installed"
    exit 0
fi

# Fewer futures than the studies say, which leaves their shape.
small() {
    status 0 "the study $1 runs" "$BAOGAN" sweep "$root/scenarios/studies/$1.yaml" --quiet \
        --set simulation.replications=200 --out "$1"
    status 0 "its rows become a store, a CSV file and charts" "$BAOGAN" merge "$1" \
        --store "$1.sqlite" --csv "$1.csv" --out "$1-charts" "$2" "$3"
    [ ! -s "$work/stderr" ]
    ok $? "no chart is warned of"
}
# column NAME FILE: its number.
column() {
    head -n 1 "$2" | tr , '\n' | grep -nx "$1" | cut -d: -f1
}

small growth --lang en
for figure in above result total; do
    [ -s "growth-charts/charts/heatmap-$figure.svg" ] && [ -s "growth-charts/charts/heatmap-$figure.png" ]
    ok $? "the heat map of $figure is drawn"
done
[ "$(wc -l <growth-charts/charts/data/heatmap-above.csv)" -eq 274 ]
ok $? "a cell for each of 13 times 21 scenarios"
growth=$(column growth growth.csv) trend=$(column trend growth.csv) above=$(column above growth.csv)
# More growth of the total makes an expense above it rarer, more trend makes it more frequent: the same
# random numbers in all scenarios let this hold without error.
sort -t, -k"$trend,$trend"g -k"$growth,$growth"g growth.csv | awk -F, -v g="$growth" -v t="$trend" -v a="$above" '
    $1 ~ /^[0-9]/ { if ($t == last && $a > before) bad = 1; last = $t; before = $a } END { exit bad }'
ok $? "the chance of expense above the total falls with its growth, at every trend"
sort -t, -k"$growth,$growth"g -k"$trend,$trend"g growth.csv | awk -F, -v g="$growth" -v a="$above" '
    $1 ~ /^[0-9]/ { if ($g == last && $a < before) bad = 1; last = $g; before = $a } END { exit bad }'
ok $? "and rises with the trend, at every growth"

small sharing --lang zh
[ -s sharing-charts/charts/parallel-sweep.svg ] && [ -s sharing-charts/charts/heatmap-loss.png ]
ok $? "parallel coordinates and heat maps are drawn"
grep -q "各种未来下的分担规则" sharing-charts/charts/parallel-sweep.svg
ok $? "in Chinese where that is asked for"
[ "$(grep -c '^[0-9]' sharing-charts/charts/data/parallel-sweep.csv)" -eq 3500 ]
ok $? "every second of 200 futures gives a line over seven axes for each policy"

# The views, computed again by another program from the rows.
if command -v sqlite3 >/dev/null; then
    sqlite3 -csv sharing.sqlite 'SELECT policy_name, community_share, pool_share, loss_max_regret FROM robustness' >views
    loss=$(column loss sharing.csv) future=$(column future sharing.csv)
    community=$(column community sharing.csv) pool=$(column pool sharing.csv) name=$(column policy_name sharing.csv)
    awk -F, -v l="$loss" -v f="$future" -v c="$community" -v p="$pool" -v n="$name" '
        NR == FNR { if (FNR > 1) { if (!($f in least) || $l < least[$f]) least[$f] = $l }; next }
        FNR > 1 { count[$n]++; met[$n] += $c; kept[$n] += $p
                  if ($l - least[$f] > worst[$n]) worst[$n] = $l - least[$f] }
        END { for (x in count) printf "%s %.6f %.6f %.6f\n", x, met[x] / count[x], kept[x] / count[x], worst[x] }
    ' sharing.csv sharing.csv | sort >expected
    tr -d '\r' <views | awk -F, '{ printf "%s %.6f %.6f %.6f\n", $1, $2, $3, $4 }' | sort | cmp -s - expected
    ok $? "shares of targets and largest regrets are those that another program computes from the rows"
    sqlite3 -csv sharing.sqlite "SELECT policy_name, mean, variance, percentile_90, undesirable_deviation FROM measures
        WHERE figure = 'loss'" | tr -d '\r' | awk -F, '{ printf "%s %.6f %.6f %.6f %.6f\n", $1, $2, $3, $4, $5 }' | sort >views
    tail -n +2 sharing.csv | sort -t, -k"$name,$name" -k"$loss,$loss"g | awk -F, -v l="$loss" -v n="$name" '
        function tell(   i, mean, variance, middle, beyond) {
            for (i = 1; i <= count; i++) mean += x[i] / count
            middle = x[int((count + 1) / 2)]
            for (i = 1; i <= count; i++) {
                variance += (x[i] - mean) ^ 2 / count
                if (x[i] > middle) beyond += (x[i] - middle) / count
            }
            if (count) printf "%s %.6f %.6f %.6f %.6f\n", last, mean, variance, x[int((9 * count + 9) / 10)], beyond
        }
        $n != last { tell(); count = 0; last = $n }
        { x[++count] = $l }
        END { tell() }' | sort | cmp -s - views
    ok $? "and so are mean, variance, percentile and deviation to the bad side"
else
    echo "ok - views of a store # SKIP sqlite3 is not installed"
fi
status 4 "charts are not drawn over others" "$BAOGAN" merge sharing --store sharing.sqlite --out sharing-charts
status 0 "charts need no store of their own" "$BAOGAN" merge sharing --out x
find x -name '*.svg' | grep -q .
ok $? "they are drawn"
finish
