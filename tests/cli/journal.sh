#!/bin/sh
# Journals, read by hledger: they are strictly valid, add up to zero, and their balances are those of
# the report.
# shellcheck source=support
. "$(dirname "$0")/support"
cd "$work" || exit 1
export LC_ALL=C.UTF-8
example=$root/tests/cases/worked_example.yaml

# What the report says, account and fen: what moved in all years, and what funds hold after the last.
reported() {
    jq -r '
        def role($unit): . as $name | if $unit.institutions[$name] then "institution:" + $name
            elif any($unit.postings[]; .pot == $name) then "source:" + $name else $name end;
        ([.[] as $unit | $unit.accounts_fen | to_entries[] | select($unit.funds[.key] | not)
            | {account: ((.key | role($unit)) + ":" + $unit.scheme), fen: .value}]
        + [group_by(.scheme)[] | max_by(.year) as $unit | $unit.funds | to_entries[]
            | {account: ("fund:" + .key + ":" + $unit.scheme), fen: .value.closing_fen}])
        | group_by(.account)[] | [.[0].account, (map(.fen) | add)] | @csv' "$1" |
        sed 's/  / %20/; s/　/%3000/' | LC_ALL=C sort
}

# balances FILE QUERY...: account and fen as hledger works them out.
balances() {
    file=$1
    shift
    hledger -f "$file" balance --flat --empty --no-total -O csv "$@" | sed 1d |
        sed 's/"\(-\{0,1\}[0-9]*\)\.\([0-9][0-9]\) CNY"$/\1\2/; s/"0"$/0/' |
        sed 's/,\(-\{0,1\}\)0*\([0-9]\)/,\1\2/' | LC_ALL=C sort
}

# balance FILE ACCOUNT: the balance in yuan of one account and all below it.
balance() {
    hledger -f "$1" balance --depth 1 --empty --no-total -O csv "$2" | sed '1d; s/.*,//; s/"//g'
}

# check_book BOOK: the journal is valid and holds what BOOK.json says.
check_book() {
    book=$1
    hledger -f "$book.journal" check --strict
    ok $? "$book: hledger finds it valid"
    [ "$(hledger -f "$book.journal" balance --flat | tail -n 1 | tr -d ' ')" = 0 ]
    ok $? "$book: all accounts add up to zero"
    reported "$book.json" | grep -v ',0$' >wanted
    balances "$book.journal" not:owed not:cash not:opening | grep -v ',0$' >got
    diff wanted got && [ -s got ]
    ok $? "$book: its balances are those of the report"
    balances "$book.journal" ^owed: >still
    [ -s still ] && ! grep -qv ',0$' still
    ok $? "$book: after the clearing nothing is owed"
    [ "$(balances "$book.journal" cash:pool | awk -F, '{ sum += $2 } END { printf "%.0f", sum }')" = \
        "$(jq '[.[].results.entitlement_fen] | -add' "$book.json")" ]
    ok $? "$book: the pool has paid the entitlement"
}

# journal BOOK ARGUMENT...: settles into BOOK.journal and checks it against the JSON.
journal() {
    book=$1
    shift
    status 0 "$book: settled" "$BAOGAN" settle --json --journal "$book.journal" "$@"
    cp stdout "$book.json"
    check_book "$book"
}

# restated BOOK FIRST SECOND ARGUMENT...: what is settled again ends where the second settlement would.
restated() {
    book=$1 first=$2 second=$3
    shift 3
    status 0 "$book: settled again" "$BAOGAN" settle --actual "$first" --restate "$second" \
        --journal "$book.journal" "$@"
    "$BAOGAN" settle --json --actual "$second" "$@" >"$book.json"
    check_book "$book"
}

journal example "$example"
# The numbers of sim/rules/README.md.
for pair in pool=-116692100.00 community=118000000.00 institution=-1307900.00 fund=0 owed=0; do
    [ "$(balance example.journal "^${pair%=*}:" | tr -d ' CNY')" = "${pair#*=}" ]
    ok $? "example: ${pair%=*} is ${pair#*=}"
done
hledger -f example.journal register 'code:^3$' fund:risk -O csv | grep -q '"-2310000.00 CNY"'
ok $? "example: the code of a transaction is its step"

journal county "$root/scenarios/county_2022_2024.yaml" --actual "$root/scenarios/actuals/county_2025.yaml"
journal county_zh --lang zh "$root/scenarios/county_2022_2024.yaml" \
    --actual "$root/scenarios/actuals/county_2025.yaml"
journal by_community "$root/scenarios/county_2022_2024.yaml" --set budget.prepayment.outside=community \
    --actual "$root/scenarios/actuals/county_2025.yaml"
[ "$(balance by_community.journal '^cash:outside')" = "162947300.00 CNY" ] # 124,442,500 + 38,504,800
ok $? "by_community: the community pays care outside"
grep -q '基金支出' county_zh.journal
ok $? "comments follow --lang"

cat >years.yaml <<END
extends: $example
budget: {funds: {guarantee: {rate: 3%}, risk: {rate: 2%, carry_over: true, opening: 1M}}}
settlement:
  - disallow: {}
  - release: {fund: guarantee, share: 40%, rest: risk}
  - cover_emergency: {fund: risk, name: help}
  - share_surplus: {bands: {rest: 70%}, payer: risk}
  - share_overspend: {bands: {3%: 20%, rest: 50%}, payer: risk, when_short: community}
  - cap: {loss: 2%}
  - split: {"a  hospital": 50%, "*(b) 中心": 30%, "c　|": 20%}
  - clear: {}
actual:
  2026: {residents: {expense: 100M, outside: 33M, prepaid: 110000000.01, score: 70}}
  2027: {residents: {expense: 140M, emergency: 3M, rebound: 1M, outside: 20M}}
END
journal years years.yaml
[ "$(balance years.journal '^opening:')" = "-1000000.00 CNY" ]
ok $? "years: the risk fund brought in what the scenario says"
grep -q 'source: .*years.yaml:8$' years.journal
ok $? "years: a rate has its place"
journal one_year --year 2026 years.yaml
[ "$(grep -c '^2025' one_year.journal)" -eq 0 ]
ok $? "one_year: --year leaves the other years out"

# What is not the fund's has an account of its own, beside pots that are netted or not.
journal pots "$root/tests/cases/rules/pots_by_origin.yaml"
[ "$(balance pots.journal '^source:public_health')" = "-4695000.00 CNY" ]
ok $? "pots: public health has used its money, less what goes back"
grep -q '| drugs: kept_drugs$' pots.journal
ok $? "pots: a transaction names its pot"

cat >rules.yaml <<'END'
history: {2022: 100M, 2023: 100M, 2024: 100M}
inputs: {incoming: {kind: money}, big: {kind: text}}
budget:
  growth: 0%
  funds: {guarantee: 3%, risk: {rate: 2%, carry_over: true, opening: 1M}, reserve: {rate: 0%, carry_over: true}}
simulation: {years: 4}
settlement_rounding: 1
settlement:
  - release: {fund: guarantee, share: 40%, rest: risk}
  - credit: {input: incoming, rate: 80%}
  - share_surplus: {bands: {rest: 70%}, payer: risk}
  - share_overspend: {bands: {3%: 20%, rest: 50%}, payer: risk, when_short: community}
  - deduct: {gain: 5%, loss: 5%, when: {big: "yes"}}
  - carry_forward: {}
  - draw_reserve: {fund: reserve}
  - pay_reserve: {fund: reserve, share: 33.333%}
  - split: {hospital: 50%, centres: 50%}
  - clear: {}
actual:
  2025: {residents: {expense: 100000000.33, outside: 33M, score: 70, inputs: {incoming: 1000000.07, big: "no"}}}
  2026: {residents: {expense: 80000000.77, outside: 20M, inputs: {incoming: 0.01, big: "no"}}}
  2027: {residents: {expense: 140M, completion: 97%, outside: 20M, inputs: {incoming: 3M, big: "yes"}}}
END
journal rules rules.yaml
[ "$(jq '[.[].accounts_fen | .rounding != 0 and .reserve != null] | any' rules.json)" = true ]
ok $? "rules: amounts were rounded to whole yuan and a reserve moved"

# First with claims to come, then complete; the fund that 2025 leaves changes what 2026 starts with.
cat >first.yaml <<'END'
actual:
  2025: {residents: {score: 85, expense: 112.1M, outside: 19M, completion: 95%, emergency: 1M, disallowed: 500000}}
  2026: {residents: {expense: 100M, outside: 33M, prepaid: 110000000.01, score: 70}}
END
cat >second.yaml <<'END'
actual:
  2025: {residents: {score: 85, expense: 119M, outside: 21M, emergency: 4.2M, disallowed: 600000, prepaid: 100M}}
  2026: {residents: {expense: 101M, outside: 33M, prepaid: 110000000.01, score: 70, opening: {risk: 5}}}
END
restated again first.yaml second.yaml years.yaml
grep -A 3 'additional clearing' again.journal | grep -q 'owed:community:residents .* = 0.00 CNY'
ok $? "again: what is paid in addition leaves nothing owed"
restated same first.yaml first.yaml years.yaml --lang zh
grep -q '补充清算' same.journal
ok $? "same: in Chinese"
restated one_again first.yaml second.yaml years.yaml --year 2025
{ cat second.yaml; printf 'settlement: [{split: {clinic: 50%%, "a  hospital": 50%%}}, {clear: {}}]\n'; } >plan.yaml
restated replanned first.yaml plan.yaml years.yaml
{ cat second.yaml; printf 'budget: {prepayment: {outside: community}}\n'; } >payer.yaml
restated other_payer first.yaml payer.yaml years.yaml

# By a calendar: each payment has its month, what is settled is posted when it is settled, and what was overpaid for
# 2026 is repaid in parts while 2027 goes on.
{ echo "extends: years.yaml" && echo "budget: {calendar: {paid: 5, repayment: 7}, prepayment: {shares: [25%, 25%, 25%, 25%]}}" &&
    echo "actual: {2026: {residents: {expense: 90M, prepaid: null}}}"; } >dated.yaml
journal dated dated.yaml
hledger -f dated.journal register 'desc:2025 \| instalment' owed:community | grep -q '^2025-04-30'
ok $? "dated: a quarter is paid on the last day of its first month"
hledger -f dated.journal register 'desc:2025 \| clearing' owed:community | grep -q '^2026-05-31'
ok $? "dated: what is settled is paid in its month"
hledger -f dated.journal register 'desc:release' fund:guarantee | grep -q '^2026-03-31'
ok $? "dated: steps are posted in the month of the settlement"
[ "$(hledger -f dated.journal register 'desc:2026 \| repayment' owed:community -O csv | wc -l)" -eq 8 ]
ok $? "dated: what is owed is repaid in seven parts"
grep -A 2 'all is paid' dated.journal | grep -c '0.00 CNY = 0.00 CNY' >ends
[ "$(cat ends)" -eq 2 ]
ok $? "dated: the journal asserts that all is paid"
[ "$(jq '[.[].payments[].amount_fen] | add' dated.json)" = \
    "$(jq '[.[].results.clearing_fen, .[].inputs.prepaid_fen] | add' dated.json)" ]
ok $? "dated: all payments are instalments and clearings"
restated dated_again first.yaml second.yaml dated.yaml
restated dated_zh first.yaml second.yaml dated.yaml --lang zh
grep -q '分期归还\|清算款' dated_zh.journal
ok $? "dated_zh: payments in Chinese"

printf 'actual: {2026: {residents: {expense: 110M, opening: {risk: 300}}}}\n' >corrected.yaml
journal corrected "$example" --actual corrected.yaml
[ "$(balance corrected.journal '^opening:')" = "-300.00 CNY" ]
ok $? "corrected: a fund begins with the balance that is given"

cat >words.yaml <<'END'
history: {2022: 100M, 2023: 110M, 2024: 120M}
budget: {funds: {date: {rate: 3%}, "in dex": {rate: 1%, carry_over: true}}}
settlement: [{release: {name: "a ; |", fund: date, share: 50%, rest: "in dex"}}, {clear: {}}]
actual: {2025: {residents: {expense: 118M}}}
END
status 3 "a name with a semicolon" "$BAOGAN" settle words.yaml
sed -i 's/a ; |/(结束) | !/' words.yaml
mkdir 'a;b|c'
cp words.yaml 'a;b|c/'
journal words 'a;b|c/words.yaml'

echo mine >there
status 4 "a file that is there" "$BAOGAN" settle --journal there "$example"
[ "$(cat there)" = mine ]
ok $? "is never written over"
status 4 "a directory that is not there" "$BAOGAN" settle --journal none/x "$example"
status 4 "a file that grows too large" sh -c \
    'trap "" XFSZ; ulimit -f 1; exec "$0" settle --journal large "$1"' "$BAOGAN" "$example"
[ -z "$(find . -name 'large*')" ]
ok $? "leaves nothing behind"
finish
