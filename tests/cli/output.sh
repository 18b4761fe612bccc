#!/bin/sh
# What a run writes: whole or not at all, never over anything, the same for any number of threads.
# shellcheck source=support
. "$(dirname "$0")/support"
cd "$work" || exit 1
cp "$root/scenarios/three_numbers.yaml" three.yaml
run() { "$BAOGAN" run --no-charts --set simulation.replications=1000 "$@"; }
charted() { "$BAOGAN" run --set simulation.replications=1000 --set simulation.years=1 "$@"; }

status 0 "a run with no option" run three.yaml
prints "Three numbers" "prints the report"
says "out/three-1" "and where the results are"
for file in report.txt result.json run.json scenario.resolved.yaml outcomes.csv probabilities.csv \
    budget.csv instalments.csv monthly_cash.csv convergence.csv funds.csv pool.csv; do
    [ -s "out/three-1/$file" ]
    ok $? "$file is written"
done
[ "$(find out -name '*partial*' -o -name '*.tmp*' | wc -l)" -eq 0 ]
ok $? "nothing temporary is left"
grep -q "^In short" stdout && grep -q "more: see report.txt" stdout
ok $? "what is printed begins with the summary and names the main assumptions"
grep -q "demand.volatility.persistence" out/three-1/report.txt
ok $? "the report that is kept names all of them"
status 0 "a second run" run three.yaml
[ -d out/three-2 ] && [ "$(ls out)" = "$(printf 'three-1\nthree-2')" ]
ok $? "gets the next number"
rm -rf out/three-1
status 0 "a third run" run three.yaml
[ -d out/three-1 ]
ok $? "gets the first free number"
status 0 "the resolved scenario runs" run --quiet --out again out/three-2/scenario.resolved.yaml
cmp -s again/outcomes.csv out/three-2/outcomes.csv
ok $? "and gives the same outcomes"
status 0 "it resolves to itself" run --quiet --out third again/scenario.resolved.yaml
cmp -s again/scenario.resolved.yaml third/scenario.resolved.yaml
ok $? "byte by byte"
[ "$(sha256sum <again/scenario.resolved.yaml | cut -c1-64)" = \
    "$(sed -n 's/.*"sha256": "\(.*\)".*/\1/p' again/run.json)" ]
ok $? "run.json has the hash that sha256sum gives"

band='settlement[share_surplus].bands[10%]=50%'
status 0 "a run with a changed default plan" run --quiet --set "$band" --out band three.yaml
status 0 "its resolved scenario runs" run --quiet --out band2 band/scenario.resolved.yaml
cmp -s band/outcomes.csv band2/outcomes.csv && ! cmp -s band/outcomes.csv again/outcomes.csv
ok $? "and gives the same outcomes"

for engine in reference fast; do
    for threads in 1 2 8; do
        status 0 "the $engine engine with $threads threads" run --quiet --engine $engine \
            --threads $threads --out "$engine$threads" three.yaml
        rm "$engine$threads/run.json"
    done
    diff -r ${engine}1 ${engine}2 && diff -r ${engine}1 ${engine}8
    ok $? "gives the same bytes"
    grep -q "engine: $engine" ${engine}1/scenario.resolved.yaml
    ok $? "and is named in the resolved scenario"
done
! cmp -s reference1/outcomes.csv fast1/outcomes.csv
ok $? "the engines draw other futures"
status 0 "the fast engine" run --out checked three.yaml
prints "The reference engine agrees: 1,000 futures, largest difference " "is checked by the reference engine"
grep -q "The reference engine agrees: 1,000 futures, see run.json" checked/report.txt &&
    grep -q '"agrees": true' checked/result.json && grep -q '"standard_errors"' checked/run.json
ok $? "and the files say whether it agrees"
! grep -rq "standard_errors\|largest difference" --exclude=run.json checked
ok $? "but only run.json how well"
status 0 "without the check" run --no-check --out unchecked three.yaml
! grep -q "reference engine" stdout && ! grep -q '"standard_errors"' unchecked/run.json &&
    grep -q '"agrees": null' unchecked/result.json
ok $? "nothing is said of it"
rm -f checked/r*.* unchecked/r*.*
diff -r checked unchecked
ok $? "and all other files are the same"
status 0 "the reference engine" run --engine reference --out unchecked2 three.yaml
! grep -q "reference engine agrees" stdout && grep -q '"agrees": null' unchecked2/result.json
ok $? "is not checked by itself"
status 0 "help on run" "$BAOGAN" help run
prints "--no-check" "lists --no-check"
status 2 "a sweep with --no-check" "$BAOGAN" compare --no-check three.yaml three.yaml
says "option --no-check is not known here" "is refused"

status 2 "an engine that is not" run --quiet --engine steam --out steam three.yaml
says "--engine is \"steam\"" "is refused"

status 0 "another seed" run --quiet --set simulation.seed=2 --out seed2 three.yaml
! cmp -s again/outcomes.csv seed2/outcomes.csv
ok $? "gives other futures"

status 0 "the result as JSON" run --quiet --json --out json three.yaml
cmp -s stdout json/result.json
ok $? "is the one that is kept"
[ ! -s stderr ]
ok $? "and --quiet says nothing besides"
status 0 "a report in Chinese" run --quiet --lang zh --out zh three.yaml
prints "三个数字" "has the Chinese title"
prints "支出超总额概率" "and Chinese columns"
cmp -s zh/outcomes.csv again/outcomes.csv
ok $? "its tables are the same"

(
    run --quiet --json --out piped three.yaml
    echo "$?" >status
) | head -n 1 >stdout
[ "$(cat status)" != 0 ] && [ -s piped/outcomes.csv ] && [ "$(echo piped*)" = piped ]
ok $? "a reader that has enough after a line ends the command, but not before the files are there"

status 0 "a single future" "$BAOGAN" run --no-charts --quiet --set simulation.replications=1 --out one three.yaml
prints "1 future, seed 1" "is one and not several"

for few in 1 2 19; do
    status 0 "$few replications" "$BAOGAN" run --no-charts --quiet --json --set simulation.replications=$few \
        --out "few$few" three.yaml
    [ "$(grep -c '"outcomes": {$' stdout)" -eq 5 ] && [ "$(grep -c '"month": 12' stdout)" -eq 5 ]
    ok $? "the JSON has the outcomes and the cash of each year"
    grep -q '"tvar_lower_se_fen": null' stdout
    ok $? "an error that cannot be given is null there"
    ! grep -rqiE '(^|[^a-z])-?(nan|inf)([^a-z]|$)' "few$few"
    ok $? "and is empty in the tables"
done

status 0 "a published expense of zero" run --quiet --set 'published[2025].expense=0' --out zero three.yaml
! grep -qE '(nan|inf)%' zero/report.txt && grep -q '"error": null' zero/result.json
ok $? "has no relative error"

mkdir full empty
echo mine >full/file
status 4 "a directory that is not empty is refused" run --out full three.yaml
[ "$(cat full/file)" = mine ] && [ "$(ls full)" = file ]
ok $? "and is as it was"
status 0 "an empty directory is taken" run --quiet --out empty/ three.yaml
[ -s empty/report.txt ]
ok $? "and filled"
echo mine >plain
status 4 "a file in the place of the directory is refused" run --out plain three.yaml
[ "$(cat plain)" = mine ]
ok $? "and is as it was"
status 4 "a file as parent" run --out plain/x three.yaml
status 4 "a parent that is not there" run --out none/x three.yaml
status 4 "a directory that cannot be written to" run --out /proc/baogan three.yaml
mkdir blocked
echo mine >blocked/out
cp three.yaml blocked
status 4 "a file called out in the place of results" sh -c 'cd blocked && shift && "$@"' - - \
    "$BAOGAN" run --no-charts three.yaml

mkdir small
status 4 "a file that grows too large" sh -c \
    'trap "" XFSZ; ulimit -f 4; exec "$0" run --no-charts --out small/x three.yaml' "$BAOGAN"
nothing_in small "leaves nothing behind"
mkdir disk
if [ "$(id -u)" -eq 0 ] && mount -t tmpfs -o size=64k tmpfs disk 2>/dev/null; then
    status 4 "a full disk" run --out disk/x three.yaml
    says "No space left" "the message says so"
    nothing_in disk "a full disk keeps nothing of the run"
    umount disk
    mount -t tmpfs -o size=8m tmpfs disk
    status 4 "an empty mount point is refused" run --out disk three.yaml
    says "mount point" "the message says why"
    nothing_in disk "and nothing is in it"
    umount disk
fi
status 4 "a full standard output" sh -c \
    '"$0" run --no-charts --set simulation.replications=1000 --quiet --out stdout_full three.yaml >/dev/full' \
    "$BAOGAN"

mkdir stopped
# signalled SIGNAL REPLICATIONS STARTER...: a run in the middle of its projection gets a signal; `got` is
# its exit status.
signalled() {
    signal=$1 replications=$2
    shift 2
    "$@" "$BAOGAN" run --no-charts --set "simulation.replications=$replications" \
        --set simulation.years=20 --out stopped/x three.yaml >/dev/null 2>stopped.err &
    job=$!
    tries=0
    while [ -z "$(ls stopped)" ] && [ $tries -lt 100 ]; do
        sleep 0.05
        tries=$((tries + 1))
    done
    kill "-$signal" $job
    got=0
    wait $job || got=$?
}
for signal in TERM HUP; do
    signalled $signal 100000 env
    [ $got -eq 130 ]
    ok $? "a run that gets SIG$signal ends with 130"
    nothing_in stopped "and leaves nothing"
    grep -q stopped stopped.err
    ok $? "and says so"
done
signalled HUP 10000 nohup
[ $got -eq 0 ] && [ -s stopped/x/report.txt ]
ok $? "under nohup it ends as if there had been no SIGHUP"

mkdir bin
for tool in sh env; do
    ln -s "$(command -v $tool)" bin/
done
status 0 "without gnuplot" env PATH="$work/bin" "$BAOGAN" run --set simulation.replications=1000 \
    --out bare three.yaml
[ "$(grep -c gnuplot stderr)" -eq 1 ]
ok $? "there is one warning"
[ -s bare/result.json ] && [ -s bare/charts/data/expense-residents.csv ]
ok $? "the result and the data of the charts are there"
if command -v gnuplot >/dev/null; then
    status 0 "with gnuplot" charted --out charted three.yaml
    [ -s charted/charts/expense-residents.svg ] && [ -s charted/charts/expense-residents.png ]
    ok $? "there are pictures"
    says "charted/charts/expense-residents.png" "and the one to look at first is named"
    status 0 "with charts in the terminal" charted --no-charts --chart dumb --out dumb three.yaml
    [ "$(wc -l <stdout)" -gt "$(($(grep -n "not the hospitals" stdout | cut -d: -f1) + 20))" ]
    ok $? "they follow the report"
fi
finish
