#!/bin/sh
# Sweeps: plans, shards, resuming, merging, and what is refused.
# shellcheck source=support
. "$(dirname "$0")/support"
cd "$work" || exit 1

plan() {
    printf 'extends: %s\nsimulation: {replications: 40, years: 2}\nsweep:\n' \
        "$root/scenarios/three_numbers.yaml"
    cat
}
digest() {
    "$BAOGAN" merge "$@" --json 2>/dev/null | jq -r .rows_sha256
}
same_rows() {
    [ -n "$(digest "$1")" ] && [ "$(digest "$1")" = "$(digest "$2")" ]
}

plan >p.yaml <<'PLAN'
  design: latin_hypercube
  points: 150
  axes:
    growth: {key: budget.growth, values: [3%, 6%], role: policy}
    trend: {key: demand.trend.prior, distribution: normal, mean: 5%, sd: 2%}
    balance: {key: 'pool[residents].balance', from: 1000万, to: 1亿}
  policies:
    base: {}
    shared: {set: ['settlement[share_overspend].bands[5%]=60%']}
  filters: [trend <= 8%]
  figures: {overspend: p_overspend, expense: mean(expense)}
PLAN

plan >maps.yaml <<'PLAN'
  design: grid
  axes: {growth: {key: budget.growth, values: [3%, 6%]}, trend: {key: demand.trend.prior, values: [2%, 4%]}}
  figures: {overspend: p_overspend}
PLAN
"$BAOGAN" sweep maps.yaml --out maps --quiet >/dev/null
status 0 "charts of a sweep without policies" "$BAOGAN" merge maps --store maps.sqlite --out maps.charts
[ "$(cut -d, -f14- maps.charts/charts/data/heatmap-overspend.csv | sort -u)" = "$(printf '1,0\nscenarios,left_out')" ] &&
    [ -s maps.charts/charts/heatmap-overspend.png ]
ok $? "show each scenario and leave no policy out"

status 0 "charts need no store" "$BAOGAN" merge maps --out maps.charts2
diff -r maps.charts maps.charts2 && [ "$(ls -d maps.charts2*)" = maps.charts2 ]
ok $? "are the same, and leave none"
status 0 "a sweep runs" "$BAOGAN" sweep p.yaml --out a --store a.sqlite --csv a.csv
prints "rows, SHA-256" "it prints the digest of its rows"
"$BAOGAN" sweep p.yaml --out closed --shard 0/200 2>&-
[ -e closed/lock ] && [ ! -s closed/lock ]
ok $? "where standard error is closed, no file gets the messages in its place"
[ "$(head -n 1 a.csv)" = \
    scenario,future,policy,policy_name,growth,trend,balance,seed,status,reason,overspend,overspend_se,expense,expense_se ]
ok $? "the first line of the CSV file names the columns"
[ "$(sha256sum <a.csv | cut -d' ' -f1)" = "$(digest a)" ]
ok $? "the digest is that of the CSV file, as another program computes it"
awk -F, 'NR > 1 && ($6 > 0.08 || $1 != $2 * 4 + $3) { bad = 1 } END { exit bad || NR < 500 }' a.csv
ok $? "the filter holds in every row, and rows are numbered by future and policy"
awk -F, 'NR > 1 { n[$2]++; if ($2 in t && t[$2] != $6 $7) bad = 1; t[$2] = $6 $7 }
    END { for (f in n) if (n[f] != 4) bad = 1; exit bad }' a.csv
ok $? "all policies meet the same futures"

# A row is what baogan run says of the same scenario.
line=$(sed -n 7p a.csv)
cell() { echo "$line" | cut -d, -f"$1"; }
[ "$(cell 4)" = shared ] && band=60% || band=30%
"$BAOGAN" run "$root/scenarios/three_numbers.yaml" --quiet --no-charts --out one --json \
    --set simulation.replications=40 --set simulation.years=2 --set "budget.growth=$(cell 5)" \
    --set "demand.trend.prior=$(cell 6)" --set "pool[residents].balance=$(cell 7)元" \
    --set "settlement[share_overspend].bands[5%]=$band" >/dev/null 2>&1
grep -q ',overspend,' one/probabilities.csv &&
    [ "$(awk -F, '$2 == "ever" && $3 == "overspend" { printf "%.12g", $6 }' one/probabilities.csv)" = \
        "$(echo "$line" | awk -F, '{ printf "%.12g", $11 }')" ]
ok $? "a row says what baogan run says of that scenario"

status 0 "with one thread" "$BAOGAN" sweep p.yaml --out b --threads 1
same_rows a b
ok $? "the rows are the same"
for i in 2 0 1; do
    "$BAOGAN" sweep p.yaml --out c --shard $i/3 --quiet 2>/dev/null
done
same_rows a c
ok $? "so are those of three shards in another order"
status 0 "a shard in a job array" env SLURM_ARRAY_TASK_ID=5 SLURM_ARRAY_TASK_MIN=4 \
    SLURM_ARRAY_TASK_MAX=5 SLURM_ARRAY_TASK_COUNT=2 "$BAOGAN" sweep p.yaml --out d
status 0 "what is missing of it" "$BAOGAN" status d --shards 4 --quiet
[ "$(cat "$work/stdout")" = 0,1 ]
ok $? "are the first two of four shards"
status 2 "an array with gaps needs --shard" env SLURM_ARRAY_TASK_ID=5 SLURM_ARRAY_TASK_MIN=3 \
    SLURM_ARRAY_TASK_MAX=5 SLURM_ARRAY_TASK_COUNT=2 "$BAOGAN" sweep p.yaml --out d
status 1 "merging what is not complete is refused" "$BAOGAN" merge d --store d.sqlite
says "of 120 files of rows are missing" "it says how much is missing"
[ ! -e d.sqlite ]
ok $? "and writes nothing"
cp -R d e
rm e/rows/*
"$BAOGAN" sweep p.yaml --out e --shard 0/2 --quiet 2>/dev/null
[ "$(digest d e)" = "$(digest a)" ]
ok $? "parts from two directories merge to the same rows"
cp d/rows/0000100.csv e/rows
status 4 "a part that is in both is refused" "$BAOGAN" merge d e
says "0000100.csv are in" "it is named"

# Damage, foreign files, other plans.
status 0 "a finished sweep has nothing to do" "$BAOGAN" sweep p.yaml --out a --store a.sqlite
sed 's/,ok,/,failed,/' a/rows/0000003.csv >x && cp x a/rows/0000003.csv
status 4 "a damaged file is not merged" "$BAOGAN" merge a
says "digest is not that of its rows" "it says why"
status 0 "the sweep runs it again" "$BAOGAN" sweep p.yaml --out a
says "are run again" "and says so"
same_rows a b
ok $? "the rows are as before"
head -c 200 a/rows/0000004.csv >x && cp x a/rows/0000004.csv
: >a/rows/0000005.csv
status 0 "files cut short are run again" "$BAOGAN" sweep p.yaml --out a --lang zh
says "文件不完整。将重新运行其中的情景。" "and says so in Chinese"
same_rows a b
ok $? "the rows are as before, too"
cp a/rows/0000001.csv a/rows/0000002.csv
status 4 "rows in another's place are refused" "$BAOGAN" sweep p.yaml --out a
says "another plan or to another place" "they are not written over"
rm a/rows/0000002.csv
cp a/rows/0000001.csv a/rows/0000999.csv
"$BAOGAN" sweep p.yaml --out a --quiet
status 4 "a file that is no part of the sweep is refused" "$BAOGAN" merge a
rm a/rows/0000999.csv
sed 's/points: 150/points: 151/' p.yaml >q.yaml
status 4 "the directory of another plan is refused" "$BAOGAN" sweep q.yaml --out a
says "the sweep of another plan" "it says so"
status 4 "so is its store" "$BAOGAN" sweep q.yaml --store a.sqlite
says "another plan" "it says so, too"
echo text >text.sqlite
status 4 "a file that is no store is refused" "$BAOGAN" merge a --store text.sqlite
[ "$(cat text.sqlite)" = text ]
ok $? "and left alone"
sed 's/"baogan": "[^"]*"/"baogan": "0.0.1"/' b/sweep.json >x && cp x b/sweep.json
status 4 "the directory of another version is refused" "$BAOGAN" sweep p.yaml --out b
says "a sweep of baogan 0.0.1" "the version is named"

# Disks.
if [ "$(id -u)" -ne 0 ]; then
    mkdir locked && chmod a-w locked
    status 4 "a directory that cannot be written" "$BAOGAN" sweep p.yaml --out locked/x
else
    status 4 "a directory that cannot be made" "$BAOGAN" sweep p.yaml --out /proc/nowhere
fi
says "cannot be made" "is an error that says so"
status 4 "a full disk" sh -c 'ulimit -f 1; trap "" XFSZ; exec "$0" sweep p.yaml --out full' "$BAOGAN"
status 0 "room is made and the sweep goes on" "$BAOGAN" sweep p.yaml --out full
same_rows full a
ok $? "nothing is lost"

# A failed scenario is a row.
plan >fails.yaml <<'PLAN'
  axes: {first: {key: simulation.first_year, values: [2020, 2025]}}
  figures: {overspend: p_overspend}
PLAN
status 0 "a scenario that cannot be run does not end the sweep" \
    "$BAOGAN" sweep fails.yaml --out f --csv f.csv
grep -q '^0,0,0,,2020,1,failed,.*2020' f.csv && grep -q '^1,1,0,,2025,1,ok,,' f.csv
ok $? "it is a row with its reason"

# A list of futures.
printf 'trend,years\n5%%,1\n6%%,2\n\n7%%,3\n' >list.csv
plan >list.yaml <<'PLAN'
  design: list
  file: list.csv
  random_numbers: by_future
  axes: {years: {key: simulation.years}, trend: {key: demand.trend.prior}}
  figures: {overspend: p_overspend}
PLAN
status 0 "futures from a list" "$BAOGAN" sweep list.yaml --out l --csv l.csv
[ "$(cut -d, -f1,5-7 l.csv | tail -n 3 | tr '\n' ' ')" = "0,1,0.05,1 1,2,0.06,2 2,3,0.07,3 " ]
ok $? "are its rows, each with a seed of its own"
printf 'trend,years\n5%%,1\n6%%,x\n' >list.csv
status 3 "a wrong cell in the list" "$BAOGAN" sweep list.yaml --out l2
says "list.csv:3:4: sweep.axes[years]" "has its place"
printf 'trend,year\n5%%,1\n' >list.csv
status 3 "a column that is missing" "$BAOGAN" sweep list.yaml --out l2
says "no column \"years\"" "is named"

# Plans with mistakes.
wrong() {
    name=$1 text=$2
    plan >wrong.yaml
    status 3 "$name" "$BAOGAN" sweep wrong.yaml --out w
    says "$text" "it says so"
}
wrong "no figures" "a sweep needs \`figures\`" <<'PLAN'
  axes: {g: {key: budget.growth, values: [1%]}}
PLAN
wrong "a key that does not exist" "wrong.yaml:4:19: sweep.axes[g].key: the key \"budget.growht\" is not known" <<'PLAN'
  axes: {g: {key: budget.growht, values: [1%]}}
  figures: {o: p_overspend}
PLAN
wrong "a key that is a table" "no single value that can vary" <<'PLAN'
  axes: {g: {key: 'settlement[share_overspend].bands', values: [1%]}}
  figures: {o: p_overspend}
PLAN
wrong "a step that is not there" "the plan has no step \"charge\"" <<'PLAN'
  axes: {g: {key: 'settlement[charge].rate', values: [1%]}}
  figures: {o: p_overspend}
PLAN
wrong "a filter that compares nothing" "a filter is written AXIS <= VALUE" <<'PLAN'
  axes: {g: {key: budget.growth, values: [1%]}}
  filters: [h <= 2%]
  figures: {o: p_overspend}
PLAN
wrong "a policy that sets what an axis varies" "a policy cannot set it" <<'PLAN'
  axes: {g: {key: budget.growth, values: [1%]}}
  policies: {a: {set: [budget.growth=2%]}}
  figures: {o: p_overspend}
PLAN
wrong "a policy whose override is wrong" "wrong.yaml:5:17: sweep.policies[a]: budget.growht" <<'PLAN'
  axes: {g: {key: budget.growth, values: [1%]}}
  policies: {a: {set: [budget.growht=2%]}}
  figures: {o: p_overspend}
PLAN
wrong "two columns of one name" "the results have a column \"Seed\" already" <<'PLAN'
  axes: {Seed: {key: budget.growth, values: [1%]}}
  figures: {o: p_overspend}
PLAN
status 3 "a file without a plan" "$BAOGAN" sweep "$root/scenarios/three_numbers.yaml" --out w
says "plans no sweep" "it says what a plan is"
[ ! -e w ]
ok $? "no directory is made for a plan that cannot be run"
status 4 "the status of what is no sweep" "$BAOGAN" status .
status 2 "a shard beyond the last" "$BAOGAN" sweep p.yaml --shard 3/3 --out w
status 2 "a store of one shard" "$BAOGAN" sweep p.yaml --shard 0/3 --store w.sqlite
status 2 "scripts without a number of shards" "$BAOGAN" sweep p.yaml --slurm --out w
finish
