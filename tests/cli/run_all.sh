#!/bin/sh
# Many scenarios in one run. The sums of one are its own; two that are alike give twice as much.
# shellcheck source=support
. "$(dirname "$0")/support"
cd "$work" || exit 1
mkdir counties empty
cat >counties/a.yaml <<'END'
title: "A, \"first\""
history: {2022: 1亿, 2023: 1.1亿, 2024: 1.2亿}
simulation: {years: 2, replications: 1000}
END
cp counties/a.yaml counties/b.yaml
cp counties/a.yaml counties/ignored.txt
run_all() { "$BAOGAN" run --all "$@"; }

status 0 "two scenarios" run_all counties --out two
prints "2 scenarios projected" "counts them"
prints "Most likely to overspend" "names the riskiest"
[ "$(wc -l <two/overview.csv)" = 5 ] && [ "$(wc -l <two/failed.csv)" = 1 ]
ok $? "has a row a scenario and year"
"$BAOGAN" run counties/a.yaml --out one --no-charts --quiet >/dev/null
alone=$(awk -F, '$1 == "residents" && $2 == 2025 && $3 == "expense" { printf "%.2f", $5 }' one/outcomes.csv)
[ "$(python3 -c 'import csv, sys; print(list(csv.DictReader(open("two/overview.csv")))[0]["expense_yuan"])')" = "$alone" ]
ok $? "which says what a run of it alone says"
[ "$(python3 -c 'import csv; print(list(csv.DictReader(open("two/overview.csv")))[0]["title"])')" = 'A, "first"' ]
ok $? "titles keep commas and quotes"
sums() { awk '$1 == 2025 { print $2 }' "$1"; }
mkdir single
cp counties/a.yaml single
run_all single --out single-out --quiet >/dev/null
[ "$(sums single-out/overview.txt | tr -d ,)" = 116.60 ] && [ "$(sums two/overview.txt)" = 233.20 ]
ok $? "two that are alike have twice the budget: 110 million and 6 %, and again"
run_all counties --out again --threads 1 --quiet >/dev/null
cmp -s two/overview.csv again/overview.csv && cmp -s two/overview.txt again/overview.txt
ok $? "one thread writes the same bytes"
status 0 "in Chinese" run_all counties --lang zh --out zh
prints "已模拟2个情景" "speaks Chinese"

printf 'history: {2022: x}\n' >counties/c.yaml
status 3 "one that fails" run_all counties --out three
says "1 of 3 scenarios failed" "is counted"
grep -q '^c.yaml,.*history' three/failed.csv && [ "$(wc -l <three/overview.csv)" = 5 ]
ok $? "has its reason in failed.csv, and the others are there"
status 4 "a directory without scenarios" run_all empty --out four
says "no scenario" "says so"
status 4 "no directory" run_all nowhere --out four
status 2 "--json" run_all counties --json --out four
[ ! -e four ]
ok $? "nothing is left of what was refused"
finish
