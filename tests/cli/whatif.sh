#!/bin/sh
# What-if requests are answered a line each, as the other verbs would.
# shellcheck source=support
. "$(dirname "$0")/support"
cd "$work" || exit 1
cat >base.yaml <<'END'
title: {en: Base, zh: 基准}
history: {2022: 1亿, 2023: 1.1亿, 2024: 1.2亿}
simulation: {years: 2, replications: 1000}
END
cat >requests <<'END'
{"ask": "set", "values": {"budget.growth": "9%"}}
{"ask": "run"}

{"ask": "sheets"}
{"ask": "figures", "figures": ["p_overspend.first"]}
{"ask": "save"}
{"ask": "nothing"}
END
whatif() { "$BAOGAN" whatif base.yaml "$@" <requests; }
status 0 "requests" whatif
[ "$(wc -l <stdout)" = 6 ] && [ "$(jq -c .ok stdout | tr '\n' ' ')" = "true true true true true false " ]
ok $? "are answered a line each, and one that is none is said to be"
cp stdout answers
"$BAOGAN" run base.yaml --set budget.growth=9% --no-charts --no-check --quiet --json --out run >result 2>/dev/null
parts='[.projection, .budget] | del(.. | .source?)' # places are those of another text
[ "$(sed -n 2p answers | jq -S ".result | $parts")" = "$(jq -S "$parts" result)" ]
ok $? "a run has the projection and the budget of \`run --json\`"
for table in outcomes probabilities monthly_cash budget funds pool given; do
    sed -n 3p answers | jq -j ".sheets[\"$table.csv\"]" | cmp - "run/$table.csv" || break
done
ok $? "tables are the files of a run, to the byte"
[ "$(sed -n 4p answers | jq '.figures[0].value')" = \
    "$(jq '.projection[0].years[0].probabilities.overspend.estimate' result)" ]
ok $? "a figure is that of the run"
sed -n 5p answers | jq -j .scenario >saved.yaml
status 0 "what is saved" "$BAOGAN" budget saved.yaml --json
jq -S 'del(.. | .source?, .assumption?)' stdout >saved
"$BAOGAN" budget base.yaml --set budget.growth=9% --json | jq -S 'del(.. | .source?, .assumption?)' | cmp - saved
ok $? "is the scenario with what was set"
status 4 "a scenario that is not there" "$BAOGAN" whatif nowhere.yaml
status 0 "no request" "$BAOGAN" whatif base.yaml
[ ! -s stdout ]
ok $? "has no answer"
finish
