#!/bin/sh
# A sweep on a real Slurm: a job array through what goes wrong on a cluster, merged to the very rows of
# an undisturbed run.
# shellcheck source=../cli/support
. "$(dirname "$0")/../cli/support"
lab=$work/lab
# shellcheck source=lab
. "$here/lab"

if lab_missing; then
    echo "ok - a sweep on a cluster # SKIP slurm-wlm and munge are not installed"
    exit 0
fi
# shellcheck disable=SC2154 # set by support
trap 'lab_down; rm -rf "$work"' EXIT

cat >"$work/plan.yaml" <<PLAN
extends: $root/scenarios/three_numbers.yaml
simulation: {replications: 1000}
sweep:
  design: sobol
  points: 400
  axes:
    trend: {key: demand.trend.prior, distribution: normal, mean: 5%, sd: 2%}
    risk: {key: 'budget.funds[risk].rate', from: 1%, to: 4%}
  figures: {overspend: p_overspend, balance: mean(balance)}
PLAN
shards=8
nodes=2
out=$work/out

# digest DIR: what merge says of the rows.
digest() {
    "$BAOGAN" merge "$1" --json 2>/dev/null | sed -n 's/.*"rows_sha256": "\([0-9a-f]*\)".*/\1/p'
}

# wait_for SECONDS COMMAND...: until the command succeeds.
wait_for() {
    left=$(($1 * 5))
    shift
    while ! "$@"; do
        left=$((left - 1))
        [ $left -gt 0 ] || return 1
        sleep 0.2
    done
}

finished() { [ "$(find "$out/rows" -name '*.csv' | wc -l)" -ge "$1" ]; }
running_task() { pgrep -f "^$BAOGAN sweep .*--out $out .*--shard" | head -n 1; }
is_running() { [ -n "$(running_task)" ]; }
# A node that was set down stays so until it is asked back, and a requeued task waits for two minutes.
hurry() {
    timeout 5 scontrol update nodename=n2 state=resume 2>/dev/null
    for job in $(timeout 5 squeue -h -t PD -o %A 2>/dev/null | sort -u); do
        timeout 5 scontrol update jobid="$job" StartTime=now 2>/dev/null
    done
}
tasks_on() { [ -n "$(timeout 5 squeue -h -t R -w "$1" -o %A 2>/dev/null)" ]; }

status 0 "an undisturbed sweep on this machine" "$BAOGAN" sweep "$work/plan.yaml" --out "$work/whole"
status 0 "the scripts of a job array" "$BAOGAN" sweep "$work/plan.yaml" --out "$out" \
    --shards $shards --slurm
status 4 "they are not written over" "$BAOGAN" sweep "$work/plan.yaml" --out "$out" \
    --shards $shards --slurm
lab_up $nodes
ok $? "the cluster of the test is up"

PAUSE=1 "$out/driver.sh" 30 >"$work/driver.out" 2>&1 &
driver=$!

wait_for 30 is_running
ok $? "tasks run"
kill -9 "$(running_task)"
ok $? "a task is killed"

wait_for 60 tasks_on n2
ok $? "a task runs on the second node"
timeout 5 scontrol update nodename=n2 state=down reason=test
ok $? "the second node is set down"
wait_for 30 finished 20
ok $? "meanwhile rows are finished"
lab_kill slurmctld
! finished 100
ok $? "the controller is killed while some are not"
lab_up 1
ok $? "and comes back"

while kill -0 $driver 2>/dev/null; do
    hurry
    sleep 1
done
wait $driver
ok $? "the driver ends well"
sed 's/^/# /' "$work/driver.out"
[ -s "$out/results.sqlite" ]
ok $? "it has merged the rows into a store"
[ -n "$(digest "$work/whole")" ] && [ "$(digest "$out")" = "$(digest "$work/whole")" ]
ok $? "the rows are those of the undisturbed sweep"
finish
