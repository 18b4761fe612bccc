#!/bin/sh
# A year that is settled before its claims are in, and again when they are. Worked by hand from the
# example of sim/rules/README.md, amounts in million yuan: first 112.1 of 95 % is 118, 19 outside is
# 20. Then 119 with 21 outside, emergency 4.2, disallowed 0.6:
#   109.725 - 119 + 0.6 + 2.772 + 2.31 = -3.593; the community bears 30 % = 1.0779, the pool 2.5151
#   entitlement 119 - 0.6 - 1.0779 = 117.3221; clearing - 21 - 109.725 = -13.4029
#   first clearing 116.6921 - 20 - 109.725 = -13.0329; additional -0.37
# shellcheck source=support
. "$(dirname "$0")/support"
cd "$work" || exit 1
example=$root/tests/cases/worked_example.yaml
residents() { printf 'actual: {2025: {residents: {score: 85, %s}}}\n' "$1"; }
residents 'expense: 112.1M, outside: 19M, completion: 95%, emergency: 4M, disallowed: 500000' >first.yaml
residents 'expense: 119M, outside: 21M, emergency: 4.2M, disallowed: 600000' >second.yaml
settle() { "$BAOGAN" settle "$example" "$@"; }

status 0 "a year with claims to come" settle --actual first.yaml --explain
prints "* expense: 112,100,000.00 recorded, 95% of the year's claims settled" "says so"
prints "        expense: 112,100,000.00 recorded" "explains the completion"
prints "first.yaml:1" "and says where it stands"
prints "year-end clearing              -13,032,900.00" "is cleared with what is still to come"
status 0 "in Chinese" settle --actual first.yaml --lang zh
prints "基金支出：已结算112,100,000.00，完成系数95%" "it says so, too"

status 0 "its restatement" settle --actual first.yaml --restate second.yaml
[ "$(sed -n '/Step by step/,/^$/p' stdout | sed 's/  */ /g')" = " Step by step First Restated Difference
 opening 109,725,000.00 109,725,000.00 0.00
 expense -118,000,000.00 -119,000,000.00 -1,000,000.00
 disallow 500,000.00 600,000.00 100,000.00
 release 2,772,000.00 2,772,000.00 0.00
 cover_emergency 2,310,000.00 2,310,000.00 0.00
 share_overspend 1,885,100.00 2,515,100.00 630,000.00
 split 807,900.00 1,077,900.00 270,000.00" ]
ok $? "shows the difference by step"
[ "$(sed -n '/Who gets what/,/^$/p' stdout | sed 's/  */ /g' | sed 1d)" = \
    " pool -116,692,100.00 -117,322,100.00 -630,000.00
 community 98,000,000.00 98,000,000.00 0.00
 county hospital -784,740.00 -1,006,740.00 -222,000.00
 township centres -392,370.00 -503,370.00 -111,000.00
 village clinics -130,790.00 -167,790.00 -37,000.00
 providers outside 20,000,000.00 21,000,000.00 1,000,000.00" ]
ok $? "and by account"
prints "Additional clearing: -370,000.00 (to be refunded by the community)" "and what is still due"
status 0 "with --explain" settle --actual first.yaml --restate second.yaml --explain
[ "$(grep -c '^Settlement 2025' stdout)" -eq 2 ]
ok $? "both settlements stand before it"
status 0 "the other way round" settle --actual second.yaml --restate first.yaml --lang zh
prints "补充清算：370,000.00（补付医共体）" "the community is paid, in Chinese"
status 0 "against itself" settle --actual first.yaml --restate first.yaml
prints "Additional clearing: 0.00 (nothing more is due)" "nothing is due"
status 0 "as JSON" settle --actual first.yaml --restate second.yaml --json
[ "$(jq -c '.[0] | [.additional_clearing_fen, .results.clearing.difference_fen, .accounts.pool.restated_fen,
    (.steps[] | select(.name == "share_overspend") | .difference_fen), .first.inputs.expense_fen,
    ([.accounts[].difference_fen] | add)]' stdout)" = \
    '[-37000000,-37000000,-11732210000,63000000,11800000000,0]' ]
ok $? "the same numbers in fen"

sed 's/score: 85/score: 90/' second.yaml >score.yaml
status 0 "another score" settle --actual second.yaml --restate score.yaml
prints "* performance score: 85 → 90" "is named"
# 90 points release all of 3.465: 0.693 more, of which the community's part falls by 30 % = 0.2079
prints "Additional clearing: 207,900.00" "and has its effect"
printf 'settlement: [{clear: {}}]\n' | cat - second.yaml >plan.yaml
status 0 "another plan" settle --actual first.yaml --restate plan.yaml
prints "release          " "steps that are gone are still shown"

status 2 "--restate alone" settle --restate second.yaml
says "--restate needs --actual" "is refused in words"
printf "extends: %s\nsimulation: {replications: 5}\n" "$example" >unusual.yaml
status 0 "a scenario with a warning" "$BAOGAN" settle unusual.yaml --actual first.yaml --restate second.yaml
[ "$(grep -c 'simulation.replications' stderr)" -eq 1 ]
ok $? "is warned of once"
echo 'actual: {2025: 119M, 2026: 100M}' >more.yaml
status 3 "a year that only one file has" settle --actual first.yaml --restate more.yaml
says "more.yaml settles residents of 2026 and first.yaml does not" "is named"
status 0 "unless another one is asked for" settle --actual first.yaml --restate more.yaml --year 2025
status 4 "a file that is not there" settle --actual first.yaml --restate none.yaml
finish
