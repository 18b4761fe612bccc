#!/bin/sh
# check refuses what run refuses, in the same words; what settles all the same is warned of. Amounts that a plan reads
# count in a unit that is written.
# shellcheck source=support
. "$(dirname "$0")/support"
cd "$work" || exit 1
head='money_unit: wan
history: {2022: 49400, 2023: 55200, 2024: 56300}
people: {residents: 500000}
simulation: {years: 1, replications: 1000}'

# both STATUS NAME LINE...: a scenario with these lines.
both() {
    expected=$1 about=$2
    shift 2
    { printf '%s\n' "$head" && printf '%s\n' "$@"; } >case.yaml
    alike "$expected" "$about" case.yaml run --quiet --no-charts --out out case.yaml
}

pool='inputs: {pool_result: {pool: surplus}}'
by_pool='settlement: [{share_surplus: {when: {pool_result: {from: 0}}}}, {share_overspend: {}}, {clear: {}}]'
both 3 "a figure of a pool without income" "$pool" "$by_pool"
says "of which the income is not known" "it says what is missing"
both 0 "of one with income" "$pool" "$by_pool" 'pool: {residents: {income_per_head: 1200}}'

inputs='inputs: {drugs: {kind: money}, other: {kind: money}}'
plan='settlement:
  - pots: {parts: {a: {share: 60%, expense: drugs}, b: {share: 40%, expense: other}}}
  - share_overspend: {pot: a}
  - clear: {}'
both 3 "pots that real years tell of" "$inputs" "$plan"
says "settles real years only" "it says which"
{ printf '%s\n' "$head" "$inputs" "$plan" &&
    echo 'actual: {2025: {residents: {expense: 59000, inputs: {drugs: 3亿, other: 29000 wan yuan}}}}'; } >settles.yaml
status 0 "check: pots of which there are actuals" "$BAOGAN" check settles.yaml
says "but \`run\` refuses this file: what is spent of the pot" "run would refuse"
status 0 "in Chinese" "$BAOGAN" check settles.yaml --lang zh
says '但不能用 `run` 模拟：分项“a”的支出取自数据“drugs”' "that run would refuse"
status 0 "they are settled" "$BAOGAN" settle settles.yaml

sed 's/3亿/30000/' settles.yaml >bare.yaml
status 3 "an amount of an input without its unit" "$BAOGAN" settle bare.yaml
says '"30000" has no unit: it can be read as 30,000.00 yuan or, as amounts of this file count, as 30,000 wan yuan' \
    "has two readings"
both 3 "a bound of a condition without its unit" \
    'settlement: [{share_surplus: {when: {expense: {from: 60000}}}}, {clear: {}}]'
both 0 "with it" 'settlement: [{share_surplus: {when: {expense: {from: 60000万}}}}, {clear: {}}]'
status 3 "likewise behind --set" "$BAOGAN" check case.yaml --set 'settlement[share_surplus].when={expense: 60000}'
finish
