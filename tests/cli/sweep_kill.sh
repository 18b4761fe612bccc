#!/bin/sh
# Sweeps that are killed at random moments: run again they lose no row and have none twice.
# KILLS: how many (5).
# shellcheck source=support
. "$(dirname "$0")/support"
kills=${KILLS:-5}
cd "$work" || exit 1

# below N: a random whole number from 0 to N - 1.
below() {
    echo $(($(od -An -N4 -tu4 /dev/urandom) % $1))
}
digest() {
    "$BAOGAN" merge "$1" --json 2>/dev/null | jq -r .rows_sha256
}

cat >plan.yaml <<PLAN
extends: $root/scenarios/three_numbers.yaml
simulation: {replications: 50, years: 3}
sweep:
  design: latin_hypercube
  points: 300
  axes:
    growth: {key: budget.growth, values: [3%, 6%], role: policy}
    trend: {key: demand.trend.prior, distribution: normal, mean: 5%, sd: 2%}
  figures: {overspend: p_overspend, expense: mean(expense)}
PLAN

status 0 "an undisturbed sweep" "$BAOGAN" sweep plan.yaml --out whole --csv whole.csv --threads 1
files=$(find whole/rows -name '*.csv' | wc -l)

# Each killed sweep is begun anew and killed when a random number of its files are done, and a moment
# later: any moment of its life. Then what the machine had not yet written may be lost: the file in hand
# ends anywhere.
killed=0 lost=0 round=0
while [ $round -lt "$kills" ]; do
    round=$((round + 1))
    rm -rf part
    "$BAOGAN" sweep plan.yaml --out part --threads $((1 + round % 2)) --quiet 2>/dev/null &
    process=$!
    done_files=$(below "$files")
    tries=0
    while [ "$(find part/rows -name '*.csv' 2>/dev/null | wc -l)" -lt "$done_files" ] && [ $tries -lt 9999 ]; do
        sleep 0.002
        tries=$((tries + 1))
    done
    sleep "0.0$(printf %02d "$(below 30)")"
    kill -9 $process 2>/dev/null && killed=$((killed + 1))
    wait $process 2>/dev/null
    for file in part/rows/*.part; do
        [ -s "$file" ] || continue
        size=$(wc -c <"$file")
        head -c "$(below $((size + 1)))" "$file" >kept
        cat kept >"$file"
        head -c "$(below 40)" /dev/urandom >>"$file"
    done
    before=$(find part/rows -name '*.csv' 2>/dev/null | wc -l)
    "$BAOGAN" sweep plan.yaml --out part --csv again.csv --quiet >/dev/null 2>messages
    if ! cmp -s whole.csv again.csv || [ "$(digest part)" != "$(digest whole)" ]; then
        lost=$((lost + 1))
        echo "# killed with $before files done:"
        sed 's/^/#   /' messages
    fi
    rm -f again.csv
done
[ $lost -eq 0 ]
ok $? "$kills sweeps were killed at a random moment and run again: their rows are those of the first"
[ $killed -gt 0 ]
ok $? "some of them were still at work ($killed)"

# A signal that asks ends it after the scenario in hand, and what is done is kept.
"$BAOGAN" sweep plan.yaml --out asked --threads 1 --quiet 2>asked.err &
process=$!
tries=0
until ls asked/rows/*.csv >/dev/null 2>&1 || [ $tries -gt 200 ]; do
    sleep 0.02
    tries=$((tries + 1))
done
kill -TERM $process
wait $process
[ $? -eq 130 ]
ok $? "SIGTERM ends a sweep with exit status 130"
grep -q "run it again to go on" asked.err
ok $? "it says how to go on"
[ "$(find asked/rows -name '*.csv' | wc -l)" -lt "$(find whole/rows -name '*.csv' | wc -l)" ]
ok $? "it was not finished"
status 0 "it goes on" "$BAOGAN" sweep plan.yaml --out asked
[ "$(digest asked)" = "$(digest whole)" ]
ok $? "the rows are those of the first"

# Two at once.
"$BAOGAN" sweep plan.yaml --out two --threads 1 --quiet 2>/dev/null &
process=$!
tries=0
until ls two/rows/*.csv >/dev/null 2>&1 || [ $tries -gt 200 ]; do
    sleep 0.02
    tries=$((tries + 1))
done
status 4 "a second sweep in the same directory is refused" "$BAOGAN" sweep plan.yaml --out two
says "Another sweep is at work on these scenarios (process $process)" "it says which process it is"
status 4 "so is a shard of it" "$BAOGAN" sweep plan.yaml --out two --shard 1/2
wait $process
[ "$(digest two)" = "$(digest whole)" ]
ok $? "the first one is not disturbed"
finish
