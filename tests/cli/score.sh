#!/bin/sh
# A performance score that is simulated, from the file to the report, and through the studies.
# shellcheck source=support
. "$(dirname "$0")/support"
cd "$work" || exit 1
moving=$root/scenarios/examples/moving_score.yaml
few=simulation.replications=500

status 0 "the example runs" "$BAOGAN" run "$moving" --quiet --no-charts --out moving --set "$few"
status 0 "and so does what it extends" \
    "$BAOGAN" run "$root/scenarios/county.yaml" --quiet --no-charts --out typed --set "$few"

grep -q "Performance score, year by year" moving/report.txt && grep -q "Reaches 90" moving/report.txt &&
    grep -q "Probability that 90 points are reached in 2026: " moving/report.txt
ok $? "the report says what score to expect, and which tiers it reaches"
[ ! -e typed/score.csv ] && ! grep -q "^all,2026,score," typed/outcomes.csv &&
    ! grep -q '"score"' typed/result.json && ! grep -q "Performance score" typed/report.txt
ok $? "a score that is typed in is no result"

mean() { sed -n "s/^$2,$3,$4,[^,]*,\([^,]*\),.*/\1/p" "$1/outcomes.csv"; }
awk -v a="$(mean moving all 2026 score)" -v b="$(mean moving all 2027 score)" 'BEGIN {exit !(b > a + 2)}'
ok $? "patients who are treated at home raise the score of their year"
[ "$(mean moving residents 2027 score)" = "$(mean moving employees 2027 score)" ]
ok $? "which is one for both schemes"

status 0 "a run without the measure" "$BAOGAN" run "$moving" --quiet --no-charts --out still --set "$few" \
    --set 'measures[home].from=2030-12'
awk -v a="$(mean still employees 2027 released)" -v b="$(mean moving employees 2027 released)" \
    'BEGIN {exit !(b > 1.02 * a)}'
ok $? "and release more of the fund even of the scheme whose patients stay"

status 0 "until the mean score is known to a tenth of a point" "$BAOGAN" run "$moving" --quiet \
    --no-charts --out until --until 'se(mean(score.2027)) <= 0.1' --max-replications 8000
status 0 "the share of patients at which 80 points are expected is found" "$BAOGAN" solve "$moving" \
    --set "$few" --vary 'measures[home].place.share.p90' --in 11%:60% --until 'mean(score.2027) >= 80' \
    --quiet
status 0 "a reform is compared" "$BAOGAN" compare "$root/scenarios/county.yaml" "$moving" --set "$few" \
    --quiet --no-charts --out compared

sed 's/p10: 10%, p90: 30%/share: 40%/' "$moving" | sed "s#\.\./county#$root/scenarios/county#" >more.yaml
status 0 "and so is one that brings more patients home" "$BAOGAN" compare "$moving" more.yaml --set "$few" \
    --quiet --no-charts --out more --outcome score
prints "performance score, points" "with the scores of both"
awk '/^  difference / { exit !($2 == 0.0 && $3 > 1) }' more/comparison.txt
ok $? "which differ from the year on in which they are treated at home"

cat >actual.yaml <<YAML
actual: {2026: {residents: {expense: 500M}}}
YAML
status 3 "a real year needs its score" "$BAOGAN" settle "$moving" --actual actual.yaml
says "the indicator in_county_share of performance is simulated" "and the sentence says why"
sed 's/500M/500M, score: 85/' actual.yaml >scored.yaml
status 0 "with which it is settled" "$BAOGAN" settle "$moving" --actual scored.yaml

# East simulates its score, west types it in.
community() { # NAME INDICATOR
    cat >"$1.yaml" <<YAML
schema: 1
money_unit: wan
history: {2025: {residents.inpatient.in: {cases: 9000, paid: 3600}, residents.inpatient.out: {cases: 1000, paid: 600}}}
people: {residents: 100000}
performance: {indicators: {inside: {$2, floor: 60, target: 95}}}
YAML
}
community east "simulated: cases_inside"
community west "value: 90"
cat >area.yaml <<YAML
schema: 1
communities: {East: east.yaml, West: west.yaml}
simulation: {years: 2, replications: 500}
YAML
status 0 "communities of an area have each their own score" "$BAOGAN" run area.yaml --quiet --no-charts \
    --out area
grep -q "^East,residents,2027,score," area/outcomes.csv && ! grep -q "^West,.*,score," area/outcomes.csv &&
    ! grep -q "^all,.*,score," area/outcomes.csv && [ -e area/communities/East/score.csv ]
ok $? "where it is simulated"
finish
