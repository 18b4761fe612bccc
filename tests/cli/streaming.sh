#!/bin/sh
# Runs that end when a figure is exact enough, draws written as they pass, and long runs.
# shellcheck source=support
. "$(dirname "$0")/support"
cd "$work" || exit 1
cat >small.yaml <<'END'
history: {2024: 110M}
people: {residents: 130000}
simulation: {years: 2, replications: 2000}
END
run() { "$BAOGAN" run --no-charts --quiet "$@"; }
member() { sed -n "s/^ *\"$2\": \(.*[^,]\),*$/\1/p" "$1" | head -n 1; }

# The chance is between 1/4 and 3/4, so its error at N is between 0.43 and 0.5 over the root of N.
status 0 "a run until an error of 0.6 %" run --out reached --until 'se(p_over_budget.first) <= 0.6%' \
    --max-replications 1000000 small.yaml
prints "8,000 futures" "looks at 1,000, 2,000, 4,000 and ends at 8,000"
prints "Run until se(p_over_budget.first) <= 0.6%: reached with 0.5" "and says why"
[ "$(member reached/result.json replications)" = 8000 ] &&
    [ "$(member reached/result.json reached)" = true ] &&
    [ "$(member reached/run.json replications)" = 8000 ]
ok $? "result.json and run.json have the number and that it was reached"
status 0 "a run of that length" run --out plain --set simulation.replications=8000 small.yaml
for table in outcomes probabilities monthly_cash convergence; do
    cmp -s "reached/$table.csv" "plain/$table.csv"
    ok $? "has the same $table"
done

status 5 "a target beyond simulation.replications" run --out missed --lang en \
    --until 'se(p_over_budget.first) <= 0.1%' small.yaml
says "was not reached with 2000 replications" "says so"
prints "NOT reached" "and the report does"
[ -s missed/outcomes.csv ] && [ "$(member missed/result.json reached)" = false ]
ok $? "the results are written all the same"
status 0 "the report in Chinese" run --out zh --lang zh --until 'rse(mean(expense)) <= 1%' small.yaml
prints "已达到" "names the target too"

for wrong in 'p_overspend' 'p_overspend <= 10%' 'se(p_overspend) >= 1%' 'se(p_overspent) <= 1%' \
    'se(mean(expense.1999)) <= 1M' 'se(mean(expense)) <= 1%' ''; do
    status 2 "--until '$wrong'" run --out wrong --until "$wrong" small.yaml
    ! [ -e wrong ]
    ok $? "leaves nothing behind"
done
status 2 "a misspelt event" run --out wrong --until 'se(p_overspent) <= 1%' small.yaml
says "did you mean overspend" "is told what was meant"
status 2 "--max-replications alone" run --out wrong --max-replications 5 small.yaml
says "goes with --until" "is refused"
for wrong in 0 -1 4000000001 many; do
    status 2 "--max-replications $wrong" run --out wrong --until 'se(p_loss) <= 1%' \
        --max-replications $wrong small.yaml
done

status 2 "--keep-draws with --all" run --all --keep-draws .
says "do not go with --all" "is refused"

status 0 "a run that keeps its draws" run --out kept --keep-draws small.yaml
[ "$(wc -l <kept/draws.csv)" -eq 4001 ] && [ "$(sed -n 4001p kept/draws.csv | cut -d, -f1-3)" = "2000,residents,2026" ]
ok $? "has a row a future and year, in order"
# The sum of a column over its rows is the mean of outcomes.csv; the events those of probabilities.csv.
awk -F, '
    FILENAME == "kept/draws.csv" && FNR == 1 { for (i = 4; i <= NF; i++) name[i] = $i; next }
    FILENAME == "kept/draws.csv" && $3 == 2026 { for (i = 4; i <= NF; i++) sum[name[i]] += $i; next }
    FILENAME == "kept/outcomes.csv" && $2 == 2026 {
        checked++
        off = sum[$3] / 2000 - $5
        if (off > 0.001 || off < -0.001) { print "# " $3 ": " sum[$3] / 2000 ", " $5; bad = 1 }
    }
    FILENAME == "kept/probabilities.csv" && $2 == 2026 && ("event_" $3) in sum { # bands are no events
        checked++
        if (sum["event_" $3] != $5) { print "# " $3 ": " sum["event_" $3] ", " $5; bad = 1 }
    }
    FILENAME == "kept/monthly_cash.csv" && $2 == 2026 {
        checked++
        off = sum[sprintf("cash_%02d", $3)] / 2000 - $5
        if (off > 0.001 || off < -0.001) { print "# month " $3; bad = 1 }
    }
    END { exit bad || checked < 40 }' kept/draws.csv kept/outcomes.csv kept/probabilities.csv kept/monthly_cash.csv
ok $? "whose sums are those of the tables"
status 0 "with three threads" run --out kept3 --threads 3 --keep-draws small.yaml
cmp -s kept/draws.csv kept3/draws.csv
ok $? "the same draws byte by byte"
status 0 "a run until a target keeps its draws too" run --out both --keep-draws \
    --until 'se(p_over_budget.first) <= 1.2%' small.yaml
[ "$(wc -l <both/draws.csv)" -eq 4001 ] && cmp -s kept/draws.csv both/draws.csv
ok $? "those of the futures that were run"

# Longer than draws are held: the first 100,500 futures of two runs are the same ones.
long() { run --set simulation.years=1 --set simulation.replications=100500 "$@" small.yaml; }
status 0 "a run too long to hold its draws" long --out long --threads 1
status 0 "again with two threads" long --out long2 --threads 2
rm -f long/run.json long2/run.json
diff -r long long2
ok $? "gives the same bytes"
[ "$(wc -l <long/funds.csv)" -eq 1 ] && grep -q "Not worked out" long/report.txt
ok $? "what the funds do is not worked out"
[ "$(wc -l <long/charts/data/surplus-residents.csv)" -gt 50 ] &&
    [ "$(awk -F, 'NR > 1 { n += $4 } END { print n }' long/charts/data/surplus-residents.csv)" = 100500 ]
ok $? "and a distribution of all futures"

finish
