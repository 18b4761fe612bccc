#!/bin/sh
# Files that are no scenario: each is refused in words, quickly, with its exit status and no output.
# shellcheck source=support
. "$(dirname "$0")/support"
cd "$work" || exit 1
mkdir in out_here
# Memory is bounded too, unless the binary cannot live with that (sanitizers).
if (ulimit -v 4000000 && "$BAOGAN" --version) >/dev/null 2>&1; then
    limit() { (ulimit -v 4000000 && timeout 20 "$@"); }
else
    limit() { timeout 20 "$@"; }
fi

# refused STATUS TEXT NAME FILE
refused() {
    status "$1" "$3" limit "$BAOGAN" run --out out_here/x "$4"
    says "$2" "$3: the message says so"
    [ ! -s stdout ]
    ok $? "$3: nothing is printed"
    nothing_in out_here "$3: nothing is written"
}

three='history: {2022: 100M, 2023: 110M, 2024: 120M}'

refused 4 "in/none.yaml" "a missing file" in/none.yaml
refused 4 "directory" "a directory" in
: >in/empty.yaml
refused 3 "empty.yaml" "an empty file" in/empty.yaml
head -c 4096 "$BAOGAN" >in/binary.yaml
refused 3 "binary.yaml" "a binary file" in/binary.yaml
truncate -s 1G in/huge.yaml
refused 3 "huge.yaml" "a file of a gigabyte" in/huge.yaml
rm in/huge.yaml
awk 'BEGIN { for (i = 0; i < 5000; i++) printf "["; print "" }' >in/deep.yaml
refused 3 "deep.yaml" "deep nesting" in/deep.yaml
awk 'BEGIN {
    print "a0: &a0 [x, x, x, x, x, x, x, x, x]"
    for (i = 1; i < 12; i++) {
        printf "a%d: &a%d [", i, i
        for (j = 0; j < 9; j++) printf "%s*a%d", j ? ", " : "", i - 1
        print "]"
    }
}' >in/bomb.yaml
refused 3 "bomb.yaml" "a bomb of aliases" in/bomb.yaml
printf 'history: {2022: 1M\n' >in/open.yaml
refused 3 "open.yaml:2" "YAML that does not end" in/open.yaml
printf '%s\nbudget: {growth: .nan}\n' "$three" >in/nan.yaml
refused 3 "nan.yaml:2:18: budget.growth" "not a number" in/nan.yaml
printf '%s\npeople: {residents: -5}\n' "$three" >in/people.yaml
refused 3 "people.yaml:2:21: people[residents].count" "negative people" in/people.yaml
printf '%s\nbudget: {base: {weights: [0, 0, 0]}}\n' "$three" >in/weights.yaml
refused 3 "weights.yaml:2:26: budget.base.weights" "weights of zero" in/weights.yaml
printf '%s\ndemand: {season: [1, 1, 1]}\n' "$three" >in/months.yaml
refused 3 "months.yaml:2:18: demand.season" "months that are not twelve" in/months.yaml
printf '%s\ndemand: {season: [0,0,0,0,0,0,0,0,0,0,0,0]}\n' "$three" >in/season.yaml
refused 3 "season.yaml:2:18: demand.season" "months that are all zero" in/season.yaml
printf '%s\ntitle: \377\376\375\n' "$three" >in/encoding.yaml
refused 3 "encoding.yaml" "text that is neither UTF-8 nor GB18030" in/encoding.yaml
printf '%s\n%s\n' "$three" "$three" >in/twice.yaml
refused 3 "twice.yaml:2:1: " "a key that stands twice" in/twice.yaml
printf 'history: {2022: 99999999999999999999999}\n' >in/large.yaml
refused 3 "large.yaml:1:17: history[2022]" "an amount beyond 64 bits" in/large.yaml
printf 'history: {2022: 100M, 2024: 120M}\n' >in/gap.yaml
refused 3 "gap.yaml" "a year that is missing" in/gap.yaml
printf 'extends: self.yaml\n%s\n' "$three" >in/self.yaml
refused 3 "self.yaml" "a file that extends itself" in/self.yaml
printf 'extends: none.yaml\n%s\n' "$three" >in/orphan.yaml
refused 4 "none.yaml" "a file that extends a missing one" in/orphan.yaml
printf 'history: {csv: none.csv}\n' >in/csv.yaml
refused 4 "none.csv" "a history in a missing CSV" in/csv.yaml
: >in/empty.csv
printf 'history: {csv: empty.csv}\n' >in/nothing.yaml
refused 3 "empty.csv:1:1: history.csv: no line names the columns" "a history in an empty CSV" \
    in/nothing.yaml
printf '%s\nsettlement: [{split: {a: 60%%, b: 30%%}}, {clear: {}}]\n' "$three" >in/split.yaml
refused 3 "split.yaml:2" "shares that do not add up" in/split.yaml
printf '%s\nsettlement: [{divide: {}}]\n' "$three" >in/step.yaml
refused 3 "step.yaml:2" "an unknown step" in/step.yaml
printf '%s\n' "$three" >in/good.yaml
status 3 "an override of an unknown key" "$BAOGAN" run --set bugdet.growth=5% in/good.yaml
says "--set: bugdet" "its place is --set"
status 2 "an override without a value" "$BAOGAN" run --set budget.growth in/good.yaml
mkfifo in/pipe
status 4 "a pipe is not read" limit "$BAOGAN" check in/pipe
if [ "$(id -u)" -ne 0 ]; then
    cp in/good.yaml in/locked.yaml
    chmod 0 in/locked.yaml
    refused 4 "locked.yaml" "a file that may not be read" in/locked.yaml
fi
finish
