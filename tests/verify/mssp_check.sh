#!/bin/sh
# The published settlements of a foreign shared-savings programme, reproduced to the dollar.
#
# Needs the published results, which are not part of this tree: BAOGAN_VERIFY_DATA names a directory with
# mssp/py2014.csv, mssp/py2021.csv and mssp/check.py, which compares.
set -u
here=$(cd "$(dirname "$0")" && pwd)
data=${BAOGAN_VERIFY_DATA:-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

ok() {
    if [ "$1" -eq 0 ]; then
        echo "ok - $2"
    else
        echo "not ok - $2"
        failures=1
    fi
}

for year in 2014 2021; do
    table=$data/mssp/py$year.csv
    if [ -z "$data" ] || [ ! -r "$table" ] || [ ! -r "$data/mssp/check.py" ]; then
        echo "ok - shared savings of $year # SKIP no $year results: BAOGAN_VERIFY_DATA names no directory with mssp/py$year.csv"
        continue
    fi
    sh "$here/mssp.sh" "$table" >"$work/$year.csv"
    ok $? "every row of $year is settled"
    python3 "$data/mssp/check.py" "$table" "$work/$year.csv" >"$work/verdict"
    ok $? "shared savings of $year are those published"
    sed 's/^/# /' "$work/verdict"
done
exit $failures
