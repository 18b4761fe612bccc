#!/bin/sh
# Where in a sweep a target is missed: known boxes are found again, in words, JSON, CSV and pictures.
# shellcheck source=support
. "$(dirname "$0")/support"
cd "$work" || exit 1
if ! command -v sqlite3 >/dev/null; then
    echo "ok - boxes of a sweep # SKIP sqlite3 is not installed"
    exit 0
fi
status 0 "a sweep of 13 growths and 21 trends" "$BAOGAN" sweep "$root/scenarios/studies/growth.yaml" --quiet \
    --set simulation.replications=100 --out growth --store growth.sqlite
# What happens is put in place of what was simulated.
put() { # STORE CONDITION-OF-MISSING
    cp "$1.sqlite" known.sqlite
    sqlite3 known.sqlite "UPDATE scenarios SET safe = NOT ($2)"
}
discover() { # ARGUMENTS
    rm -rf out
    "$BAOGAN" discover known.sqlite --target safe --no-charts --out out --quiet "$@"
}

put growth 'growth <= 0.125 AND trend >= 0.05'
status 0 "one box" discover
prints "safe (p_over_budget <= 20%) is missed in 55 of 273 scenarios (20.1%)." "how many miss the target"
prints "Box 1: missed where" "the box is told in words"
status 0 "as JSON" discover --json
jq -e '.policies[0].boxes | length == 1' stdout >/dev/null
ok $? "there is no second one"
# Levels of growth are 1 % apart, of trend 0.3 %: those between which the edges lie.
jq -e '.policies[0].boxes[0] | .density == 1 and .coverage == 1 and ([.bounds[] | {(.axis): [.low, .high]}] | add)
    == {growth: [null, 0.12], trend: [0.05, null]}' stdout >/dev/null
ok $? "its bounds are the outermost levels that miss the target"
jq -e '[.policies[0].boxes[0].bounds[].quasi_p] | max < 1e-9' stdout >/dev/null
ok $? "no bound is by chance"
awk -F, 'NR == 2 && $9 $10 != "" && $3 == 55 && $4 == 55 && $5 == 1 && $6 == 1 { good = 1 } END { exit !good }' out/boxes.csv
ok $? "the table of boxes has it"
status 0 "in Chinese" discover --lang zh
prints "safe（p_over_budget <= 20%）未达标的情景：55个，共273个（20.1%）。" "the same in Chinese"
status 0 "the other way" discover --met --json
jq -e '.met and .policies[0].sought == 218' stdout >/dev/null
ok $? "what is met is sought with --met"
status 0 "a dense box is asked for" discover --met --density 95% --json
jq -e '.policies[0].boxes[0].density >= 0.95' stdout >/dev/null
ok $? "it is as dense as was asked for"

put growth 'growth <= 0.085 OR trend >= 0.075'
status 0 "two boxes" discover --json
jq -e '[.policies[0].boxes[].bounds | map(.axis)] == [["trend"], ["growth"]] or
    [.policies[0].boxes[].bounds | map(.axis)] == [["growth"], ["trend"]]' stdout >/dev/null
ok $? "each bounds its own axis"
jq -e '[.policies[0].boxes[].coverage] | add == 1' stdout >/dev/null
ok $? "together they hold all that miss the target, each once"

put growth 0
status 0 "nothing misses the target" discover
prints "There is nothing to tell apart." "that is said"
put growth 'growth + trend < 1'
status 0 "everything does" discover
prints "There is nothing to tell apart." "that is said, too"
put growth 'scenario % 10'
status 0 "nine in ten do" discover
prints "All scenarios together have the density of 80%" "why there is no box is said"

# Policies with names are looked at one after another.
cat >plan.yaml <<EOF
extends: $root/scenarios/three_numbers.yaml
simulation: {years: 1, replications: 100, engine: fast}
sweep:
  axes: {trend: {key: demand.trend.prior, from: 2%, to: 8%, steps: 20}}
  policies: {low: {set: [budget.growth=5%]}, high: {set: [budget.growth=20%]}}
  figures: {above: p_over_budget}
  targets: {safe: p_over_budget <= 20%}
EOF
status 0 "a sweep of policies" "$BAOGAN" sweep plan.yaml --quiet --out plan --store plan.sqlite
put plan "trend >= 0.05 AND policy_name = 'low'"
status 0 "boxes of each policy" discover --json
jq -e '[.policies[] | [.policy, .scenarios, .sought, (.boxes | length)]] == [["low", 20, 10, 1], ["high", 20, 0, 0]]' stdout >/dev/null
ok $? "each has its own"
status 0 "of one policy" discover --policy high --json
jq -e '[.policies[].policy] == ["high"]' stdout >/dev/null
ok $? "only that one is looked at"

status 2 "a policy that is not there" discover --policy middle
says 'There is no policy "middle" in this store' "its name is said"
status 2 "a target that is not there" "$BAOGAN" discover known.sqlite --target sale
says 'There is no target "sale" in this store; there are: safe.' "those that there are are named"
status 2 "no target" "$BAOGAN" discover known.sqlite
says "say with --target which target is looked at" "what is missing is said"
status 2 "a density above one" "$BAOGAN" discover known.sqlite --target safe --density 120
says '--density is "120"; it must be a share above 0 and up to 100%' "what is allowed is said"
status 4 "no store" "$BAOGAN" discover plan.yaml --target safe
status 4 "no file" "$BAOGAN" discover nowhere.sqlite --target safe
mkdir -p out && touch out/mine
status 4 "what is there is not overwritten" "$BAOGAN" discover known.sqlite --target safe --out out

if command -v gnuplot >/dev/null; then
    put growth 'growth <= 0.125 AND trend >= 0.05'
    status 0 "pictures" "$BAOGAN" discover known.sqlite --target safe --out drawn --lang zh
    [ ! -s stderr ] || ! grep -q "警告" stderr
    ok $? "no chart is warned of"
    grep -q "未达标" drawn/charts/boxes-all.svg && grep -q "覆盖率" drawn/charts/tradeoff-all.svg && [ -s drawn/charts/boxes-all.png ]
    ok $? "boxes, and what they trade, in Chinese"
fi
finish
