#!/bin/sh
# run.json repeats the run that wrote it: the same bytes while its files say what they said, else the same figures.
# shellcheck source=support
. "$(dirname "$0")/support"
cd "$work" || exit 1
cp "$root/scenarios/county.yaml" "$root/scenarios/county_history.csv" .
repeat() { "$BAOGAN" run --quiet --no-charts "$@"; }

# same DIRECTORY FILE...: these files are those of the first run.
same() {
    directory=$1 equal=0
    shift
    for file in "$@"; do
        cmp "first/$file" "$directory/$file" || equal=1
    done
    ok $equal "the same bytes in $*"
}

status 0 "a run in Chinese with overrides and draws" repeat --lang zh --keep-draws --no-check \
    --set simulation.replications=400 --set 'budget.funds[risk].rate=1%' --out first county.yaml
status 0 "is repeated from its run.json" repeat --out second first/run.json
[ "$(ls first)" = "$(ls second)" ]
ok $? "with the same files"
# shellcheck disable=SC2046
same second $(cd first && find . -type f ! -name run.json)
status 0 "a repeated run is repeated" repeat --out third second/run.json
same third result.json report.txt draws.csv
status 0 "options come on top" repeat --lang en --set simulation.seed=2 --out other first/run.json
prints "400 futures, seed 2" "an override and the language"
status 0 "one that stops when it is exact" repeat --until 'se(p_overspend.residents) <= 1%' \
    --max-replications 4000 --out exact county.yaml
status 0 "stops there again" repeat --out exact2 exact/run.json
cmp -s exact/result.json exact2/result.json
ok $? "with the same result"

cp county.yaml kept.yaml
sed -i 's/growth: -1%/growth: -2%/' county.yaml
status 0 "a scenario that has changed since" repeat --out changed first/run.json
says "first/run.json: county.yaml已不存在，或内容与当时不同" "is said in Chinese, as the run was"
same changed outcomes.csv probabilities.csv budget.csv pool.csv monthly_cash.csv draws.csv
cp kept.yaml county.yaml
sed -i 's/2025,residents.inpatient.in,81569/2025,residents.inpatient.in,81570/' county_history.csv
status 0 "so has one whose history changed" repeat --lang en --out history first/run.json
says "county.yaml is not there, or no longer says what it said in this run" "and in English"
same history outcomes.csv draws.csv
rm county.yaml
status 0 "and one that is gone" repeat --out gone first/run.json
same gone outcomes.csv draws.csv

mkdir area
cp -R "$root/scenarios/area" "$root/scenarios/area.yaml" area
status 0 "a pooling area" repeat --set simulation.replications=200 --out pooled area/area.yaml
status 3 "is run by its own file" repeat --out x pooled/run.json
says "this run is of a pooling area, or of a community of one" "as the message says"
status 3 "so is a community of it" repeat --lang zh --out x pooled/communities/Hill/run.json
says "这是统筹区或其医共体的运行结果" "in Chinese, too"
echo '{"scenario": {}}' >other.json
status 3 "other JSON is a scenario" repeat --out x other.json
says "other.json:1" "with an error of its own"
[ ! -e x ]
ok $? "nothing is written"
finish
