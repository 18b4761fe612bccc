#!/bin/sh
# Settles a file of published shared-savings results by the rules in scenarios/rules/mssp.
#
#   tests/verify/mssp.sh FILE.csv >OUT.csv
#
# FILE has one organisation and year a row, with any years and tracks. OUT has the columns
# year,id,computed_generated,computed_earned and a row for each of FILE, in its order. This script
# only picks the rules of each track and puts the rows back in order; it computes nothing. Rows that
# cannot be settled are named on standard error, and the exit status is then 1.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
baogan=${BAOGAN:-$here/../../build/baogan}
rules=$here/../../scenarios/rules/mssp
file=${1:?usage: mssp.sh FILE.csv}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The rules of a track; nothing for an unknown one.
rules_of() {
    case $1 in
    1) echo track_1 ;;
    1+) echo track_1_plus ;;
    2) echo track_2 ;;
    3) echo track_3 ;;
    A | B) echo basic_ab ;;
    C) echo basic_c ;;
    D) echo basic_d ;;
    E) echo basic_e ;;
    EN) echo enhanced ;;
    esac
}

# One table a track, with the number of the row in front.
tr -d '\r' <"$file" | awk -F, -v work="$work" '
    NR == 1 {
        for (i = 1; i <= NF; i++) if ($i == "track") track = i
        if (!track) { print "no column track" >"/dev/stderr"; exit 1 }
        header = "row," $0
        next
    }
    NF {
        table = work "/" $track ".csv"
        if (!(table in seen)) { seen[table] = 1; print header >table; print $track }
        print NR - 1 "," $0 >table
    }' >"$work/tracks"

failed=0
while read -r track; do
    name=$(rules_of "$track")
    if [ -z "$name" ]; then
        echo "there are no rules for track $track" >&2
        failed=1
        continue
    fi
    "$baogan" settle "$rules/$name.yaml" --table "$work/$track.csv" --quiet \
        --set 'table={keep: [row, year, id], write: [generated, result]}' \
        --rejects "$work/$track.rejects" | sed 1d >>"$work/settled"
    sed 1d "$work/$track.rejects" >>"$work/rejects"
done <"$work/tracks"

echo year,id,computed_generated,computed_earned
sort -t, -k1,1n "$work/settled" | cut -d, -f2-
if [ -s "$work/rejects" ]; then
    cat "$work/rejects" >&2
    failed=1
fi
exit $failed
