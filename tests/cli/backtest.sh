#!/bin/sh
# Forecasts of past years, each from what was known before it: scores as text, JSON and files, and what is refused.
# shellcheck source=support
. "$(dirname "$0")/support"
cd "$work" || exit 1
# Four counties of different sizes over eight years.
awk 'BEGIN {
    print "county,year,people,paid"
    for (y = 0; y < 8; y++)
        for (c = 1; c <= 4; c++)
            printf "%s,%d,%d,%.2f\n", substr("ABCD", c, 1), 2016 + y, 10000 * c * c,
                1e7 * c * exp(0.06 * y + 0.05 * sin(7 * y + c) / c)
}' >data.csv

status 0 "a panel is back-tested" "$BAOGAN" backtest data.csv
prints "The model by year" "scores by year"
prints "model without a common factor" "a model without a common factor stands beside"
prints "mean of three years" "so do naive forecasts"
status 0 "in Chinese" "$BAOGAN" backtest data.csv --lang zh
prints "不含共同因素的模型" "the same in Chinese"
status 0 "as JSON, three years ahead" "$BAOGAN" backtest data.csv --ahead 3 --json
jq -e '.series == 4 and .ahead == 3 and ([.scores[] | select(.method == "model" and .by == "ahead")] | map(.n) == [24, 20, 16])
    and ([.scores[] | select(.method == "model" and .by == "size")] | length == 3)
    and ([.ranks[] | select(.method == "model").n] | add == 60)' stdout >/dev/null
ok $? "all outcomes are scored, by years ahead, sizes and ranks"
jq -e '[.scores[] | select(.by == "all")] | all(.covered50 <= .covered80 and .covered80 <= .covered95 and .crps > 0)' stdout >/dev/null
ok $? "wider intervals cover more"

status 0 "into a directory" "$BAOGAN" backtest data.csv --from 2020 --out out --no-charts --quiet
for file in report.txt forecasts.csv scores.csv ranks.csv; do
    [ -s "out/$file" ]
    ok $? "it holds $file"
done
awk -F, 'NR > 1 && $3 < 2020 { bad = 1 } NR > 1 && !($9 > $11 && $11 > $13 && $10 < $12 && $12 < $14 && $8 > $9 && $8 < $10) { bad = 1 }
    END { exit bad || NR != 1 + 4 * 5 }' out/forecasts.csv
ok $? "it has the intervals of each year from 2020 on, one within the other, and of the year to come"
[ -s out/charts/data/backtest-all.csv ] && [ -s out/charts/data/ranks-all.csv ]
ok $? "and the data of its chart"
if command -v gnuplot >/dev/null; then
    status 0 "the chart is drawn" "$BAOGAN" backtest data.csv --lang zh --out drawn
    ! grep -q "warning\|警告" stderr
    ok $? "no chart is warned of"
    grep -q "实际值" drawn/charts/backtest-all.svg && [ -s drawn/charts/backtest-all.png ]
    ok $? "with Chinese words"
fi
status 4 "nothing is overwritten" "$BAOGAN" backtest data.csv --out out

# What became known later has no part: the last year may be anything.
sed 's/^\(.\),2023,\(.*\),.*/\1,2023,\2,1/' data.csv >changed.csv
"$BAOGAN" backtest changed.csv --from 2020 --out changed --no-charts --quiet >/dev/null 2>&1
awk -F, '$3 < 2023' out/forecasts.csv >a
awk -F, '$3 < 2023' changed/forecasts.csv >b
cmp -s a b
ok $? "forecasts of earlier years are the same byte for byte"

# The same table as others save it.
example=$root/scenarios/studies/residents_fund.csv
status 0 "a table with Chinese headings" "$BAOGAN" backtest "$example" --json --quiet
cp stdout utf8
if iconv -f UTF-8 -t GB18030 "$example" >gb.csv 2>/dev/null; then
    status 0 "in GB18030" "$BAOGAN" backtest gb.csv --json --quiet
    cmp -s stdout utf8
    ok $? "it says the same"
fi

printf 'year,paid\n2023,100\n' >short.csv
status 3 "one year is refused" "$BAOGAN" backtest short.csv
says "nothing to forecast" "with a reason"
printf 'year,month,paid\n2023,1,100\n2023,3,120\n' >gap.csv
status 3 "a gap between months is refused" "$BAOGAN" backtest gap.csv
says "gap.csv:3:1: data:" "with its row"
status 2 "six years ahead are refused" "$BAOGAN" backtest data.csv --ahead 6
status 2 "a window of one year is refused" "$BAOGAN" backtest data.csv --window 1
status 4 "a file that is not there" "$BAOGAN" backtest none.csv
finish
