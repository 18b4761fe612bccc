#!/bin/sh
# A sweep on a Slurm of which every daemon is killed at once: the queue forgets it, the rows do not.
# shellcheck source=../cli/support
. "$(dirname "$0")/../cli/support"
# shellcheck source=../cluster/common
. "$root/tests/cluster/common"

status 0 "an undisturbed sweep on this machine" "$BAOGAN" sweep "$work/plan.yaml" --out "$work/whole"
status 0 "the scripts of a job array" "$BAOGAN" sweep "$work/plan.yaml" --out "$out" \
    --shards $shards --slurm
lab_up $nodes
ok $? "the cluster of the test is up"
PAUSE=1 "$out/driver.sh" 30 >"$work/driver.out" 2>&1 &
driver=$!
wait_for 60 finished 20
ok $? "tasks finish rows"
lab_kill munged slurmctld slurmd.n1 slurmd.n2
! finished 100
ok $? "every daemon is killed while some are not"
sleep 2
lab_up $nodes
ok $? "the cluster comes back"

# The driver notices that its jobs are gone and submits what is missing; if it does not, whoever runs it
# runs it again.
seconds=0
while kill -0 $driver 2>/dev/null && [ $seconds -lt 240 ]; do
    hurry
    sleep 1
    seconds=$((seconds + 1))
done
if kill $driver 2>/dev/null; then
    echo "# the driver waited in vain and is run again"
    PAUSE=1 timeout 240 "$out/driver.sh" 30 >>"$work/driver.out" 2>&1
    ok $? "the driver ends well when it is run again"
else
    wait $driver
    ok $? "the driver ends well"
fi
sed 's/^/# /' "$work/driver.out"
[ -n "$(digest "$work/whole")" ] && [ "$(digest "$out")" = "$(digest "$work/whole")" ]
ok $? "the rows are those of the undisturbed sweep"
finish
