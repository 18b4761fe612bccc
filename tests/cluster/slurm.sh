#!/bin/sh
# A sweep on a real Slurm: a job array through what goes wrong on a cluster, merged to the very rows of
# an undisturbed run.
# shellcheck source=../cli/support
. "$(dirname "$0")/../cli/support"
# shellcheck source=common
. "$root/tests/cluster/common"

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
