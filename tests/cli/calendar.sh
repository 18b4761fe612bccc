#!/bin/sh
# When the contract pays: what check says of it.
# shellcheck source=support
. "$(dirname "$0")/support"
cd "$work" || exit 1
head='people: {residents: 130000}
history: {2022: 100M, 2023: 100M, 2024: 100M}'

# scenario NAME LINE...: a file with these lines.
scenario() {
    name=$1
    shift
    { printf '%s\n' "$head" && printf '%s\n' "$@"; } >"$name.yaml"
}

scenario quarters 'budget: {prepayment: {ratio: 90%, shares: [30%, 20%, 20%, 30%], quarter_month: 3}}'
status 0 "shares of quarters" "$BAOGAN" check quarters.yaml
prints "by quarter: 30%, 20%, 20%, 30%," "are read"
status 0 "in Chinese" "$BAOGAN" check quarters.yaml --lang zh
prints "按季度：30%、20%、20%、30%，于季度第三个月拨付" "too"
scenario short 'budget: {prepayment: {shares: [30%, 20%, 20%, 20%]}}'
status 3 "shares that do not add up" "$BAOGAN" check short.yaml --lang zh
says "预拨比例合计为90%；须为100%。" "are refused with their sum"
finish
