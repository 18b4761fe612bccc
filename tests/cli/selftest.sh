#!/bin/sh
# What an installation says of itself.
# shellcheck source=support
. "$(dirname "$0")/support"
cd "$work" || exit 1
status 0 "selftest" "$BAOGAN" selftest
prints "6627e8d5 e169c58d bc57ac4c 9b00dbd8" "prints the published words of Philox"
[ "$(grep -c '^ok' stdout)" -ge 7 ]
ok $? "all checks but perhaps the charts pass"
status 0 "as JSON" "$BAOGAN" selftest --json
[ "$(jq '[.checks[] | select(.verdict == "failed")] | length' stdout)" = 0 ] &&
    [ "$(jq '.checks | length' stdout)" = 8 ]
ok $? "lists eight checks, none failed"
[ "$(jq -r '.checks[] | select(.check == "settlement") | .detail' stdout)" = "11 amounts" ]
ok $? "and details in English"
mkdir bin
status 0 "without gnuplot" env PATH="$work/bin" "$BAOGAN" selftest --lang zh
prints "跳过" "skips the charts, and says so"
prints "11项金额" "gives details in Chinese"
status 2 "an operand" "$BAOGAN" selftest scenario.yaml
finish
