#!/bin/sh
# check passes the plan of a sweep exactly when sweep starts, and says the same of one that it refuses.
# shellcheck source=support
. "$(dirname "$0")/support"
cd "$work" || exit 1
head='history: {2023: 10M, 2024: 11M, 2025: 12M}
simulation: {years: 1, replications: 10}
sweep:'

# both STATUS NAME LINE...: a plan with these lines.
both() {
    expected=$1 about=$2
    shift 2
    { printf '%s\n' "$head" && printf '  %s\n' "$@"; } >plan.yaml
    alike "$expected" "$about" plan.yaml sweep --quiet plan.yaml
}

axis='axes: {growth: {key: budget.growth, values: [2%, 4%]}}'
both 0 "a sound plan" "$axis" 'figures: {above: p_over_budget}' 'targets: {safe: p_over_budget <= 20%}' \
    'filters: [growth < 3%]' 'policies: {base: {}, more: {set: [demand.trend.prior=9%]}}'
[ ! -s checked ]
ok $? "and nothing is wrong"
both 3 "an unknown key of an axis" 'axes: {growth: {key: budget.growht, values: [2%, 4%]}}'
says "did you mean" "the key is named"
both 3 "a value out of range" 'axes: {growth: {key: budget.growth, values: [2%, 400%]}}'
both 3 "an axis without values" 'axes: {growth: {key: budget.growth}}'
both 3 "an unknown figure" "$axis" 'figures: {above: p_over_bugdet}'
both 3 "a target that is none" "$axis" 'targets: {safe: p_over_budget}'
both 3 "a filter of an unknown axis" "$axis" 'filters: [trend < 3%]'
both 3 "a policy that sets an unknown key" "$axis" 'policies: {more: {set: [budget.growht=9%]}}'
both 4 "a policy whose file is not there" "$axis" 'policies: {more: {file: more.yaml}}'
both 3 "a design without points" "$axis" 'design: sobol'
both 3 "a list that is not there" "$axis" 'design: list' 'file: none.csv'
both 3 "a way that is better of no figure" "$axis" 'better: {abvoe: lower}'

both 3 "mistakes of every part" "$axis" 'figures: {above: p_over_bugdet}' 'targets: {safe: p_over_budget}' \
    'filters: [trend < 3%]' 'policies: {more: {set: [budget.growht=9%]}}' 'better: {abvoe: lower, x: lower}'
for place in 'figures[above]' 'targets[safe]' 'filters[1]' 'policies[more]' 'better[abvoe]' 'better[x]'; do
    says "sweep.$place: " "all are told at once: $place"
done
both 3 "mistakes of the scenario and of the plan" 'axes: {growth: {key: budget.growht, values: [2%, 4%]}}' \
    'figures: {above: p_over_budget}' 'targets: {}
settlement: [{share_overspend: {bands: {rest: 40%}, payer: nobody}}, clear]'
says "nobody" "that of the scenario is told"
says "sweep.axes[growth].key: " "and that of the plan"

status 3 "an override is checked as well" "$BAOGAN" check plan.yaml --set 'sweep.better=null' \
    --set 'sweep.axes[growth].key=budget.growht'
status 3 "in Chinese" "$BAOGAN" check plan.yaml --lang zh --set 'sweep.axes[growth].key=budget.growht'
says "budget.growth" "with the key that is meant"
for plan in "$root"/scenarios/studies/*.yaml; do
    status 0 "$(basename "$plan")" "$BAOGAN" check --quiet "$plan"
done
finish
