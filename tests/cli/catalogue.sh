#!/bin/sh
# params, init, check.
# shellcheck source=support
. "$(dirname "$0")/support"

status 0 "params lists the catalogue" "$BAOGAN" params
prints "budget.growth_cap" "it names the growth cap"
status 0 "params under a path" "$BAOGAN" params budget.prepayment
[ "$(grep -c '^budget\.prepayment\.' "$work/stdout")" -eq 10 ]
ok $? "it lists the ten keys there and no other"
status 0 "params of one key" "$BAOGAN" params 'people[residents].growth'
prints "assumption" "it shows the source in full"
status 2 "an unknown path is refused" "$BAOGAN" params budget.growht
says "budget.growth" "the nearest path is named"
status 0 "params in Chinese" "$BAOGAN" params --lang zh budget
prints "年度增长率" "descriptions are Chinese"
status 0 "params of a table of past years" "$BAOGAN" params --lang zh history.csv
prints "统筹基金支付" "lists the headings that are known"
status 0 "params of a table to be settled" "$BAOGAN" params table
prints "考核得分" "lists its headings too"
status 0 "params as Markdown" "$BAOGAN" params --format md
[ "$(awk -F'[^\\\\][|]' 'NF != 7 { bad++ } END { print bad + 0 }' "$work/stdout")" -eq 0 ]
ok $? "every row has six cells"
status 0 "params as JSON" "$BAOGAN" params --format json
status 0 "the schema of scenarios" "$BAOGAN" params --format json-schema
prints "https://json-schema.org/draft/2020-12/schema" "it names its draft"
status 0 "the schema of results" "$BAOGAN" params --results
prints '"mean_se_fen"' "it describes sampling errors"

cd "$work" || exit 1
status 0 "init writes scenario.yaml" "$BAOGAN" init
status 0 "what init writes is valid" "$BAOGAN" check scenario.yaml
prints "scenario.yaml: valid (0 warnings)" "and without warnings"
cp scenario.yaml before.yaml
status 4 "init does not overwrite" "$BAOGAN" init
cmp -s scenario.yaml before.yaml
ok $? "the file is as it was"
sed 's/^\( *\)#\([^ ]\)/\1\2/' scenario.yaml >all.yaml
status 0 "with every knob set it is valid, too" "$BAOGAN" check all.yaml
[ "$(grep -c '^  replications: 10000 ' all.yaml)" -eq 1 ]
ok $? "the knobs were really set"
"$BAOGAN" budget scenario.yaml 2>/dev/null | sed -n 2,7p >a
"$BAOGAN" budget all.yaml --set budget.growth_cap=null \
    --set 'pool[residents].income_per_head=null' 2>/dev/null | sed -n 2,7p >b
[ -s a ] && cmp -s a b
ok $? "the defaults that init shows are the defaults"
status 0 "init in Chinese" "$BAOGAN" init --lang zh zh.yaml
status 0 "it is valid, too" "$BAOGAN" check zh.yaml
status 4 "init into a directory that is not there" "$BAOGAN" init none/x.yaml

set -- "$root"/scenarios/*.yaml
status 0 "check of several files" "$BAOGAN" check "$@"
[ "$(grep -c ": valid (" "$work/stdout")" -eq $# ]
ok $? "one verdict each"
status 0 "check of the smaller ones" "$BAOGAN" check "$root"/scenarios/area/*.yaml "$root"/scenarios/examples/*.yaml
! grep ": valid (" "$work/stdout" | grep -v "(0 warnings)"
ok $? "without a warning"
printf 'histroy: {2022: 1M}\nbudget: {growth: 600%%, growht: 1%%}\n' >bad.yaml
status 3 "check of one bad file among good ones" "$BAOGAN" check scenario.yaml bad.yaml
prints "scenario.yaml: valid" "the good one has its verdict"
says "bad.yaml:1:1: histroy" "an unknown key has its place"
says "history" "and a suggestion"
says "bad.yaml:2:18: budget.growth" "a value out of range has its place, in the same run"
says "bad.yaml:2:24: budget.growht" "so has the second unknown key"
status 3 "check as JSON" "$BAOGAN" check --json bad.yaml
prints '"valid": false' "it says that the file is not valid"
prints '"line": 2' "and where"
[ ! -s "$work/stderr" ]
ok $? "and prints no messages besides"
status 0 "a warning is no error" "$BAOGAN" check scenario.yaml --set budget.growth=21%
prints "(1 warnings)" "it is counted"
says "warning: --set" "and printed"
finish
