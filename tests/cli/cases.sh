#!/bin/sh
# Planners' cases: those of tests/cases hold, and a wrong one fails in words.
# shellcheck source=support
. "$(dirname "$0")/support"
cd "$root" || exit 1
case=tests/cases/worked_example.yaml

"$BAOGAN" test tests/cases >"$work/stdout" 2>"$work/stderr"
ok $? "all cases hold"
grep '^ok\|^not ok' "$work/stdout" # each counts
[ "$(grep -c '^ok ' "$work/stdout")" -eq "$(find tests/cases -name '*.yaml' | wc -l)" ]
ok $? "every file is a case"
[ ! -s "$work/stderr" ]
ok $? "cases that hold say nothing else"

cd "$work" || exit 1
cp "$root"/$case right.yaml
sed 's/release: 2.772M/release: 2772000.01/; s/clearing: 6.9671M/clearing: 7M/' right.yaml >wrong.yaml
sed -i '/^  2027/,$s/\[9.7950136M/[9.79501361M/' wrong.yaml
status 1 "one case that holds and one that does not" "$BAOGAN" test right.yaml wrong.yaml
cat >wanted <<'END'
ok right.yaml
not ok wrong.yaml
 residents 2025 (yuan) Expected Obtained Difference
 clearing 7,000,000.00 6,967,100.00 -32,900.00 wrong.yaml:30
 steps[release] 2,772,000.01 2,772,000.00 -0.01 wrong.yaml:31
 Step by step Expected Obtained Difference Balance after
 opening 109,725,000.00 109,725,000.00
 expense -118,000,000.00 -8,275,000.00
 disallow 500,000.00 500,000.00 -7,775,000.00
 release 2,772,000.01 2,772,000.00 -0.01 -5,003,000.00
 cover_emergency 2,310,000.00 2,310,000.00 -2,693,000.00
 share_surplus 0.00 -2,693,000.00
 share_overspend 1,885,100.00 1,885,100.00 -807,900.00
 split 807,900.00 0.00
 clear 0.00 0.00
 residents 2027 (yuan) Expected Obtained Difference
 instalments[1] 9,795,013.61 9,795,013.60 -0.01 wrong.yaml:45
1 passed, 1 failed
END
sed 's/   */ /g' stdout | diff wanted -
ok $? "the diff is by step, with the line of the expectation"
status 1 "in Chinese" "$BAOGAN" test --lang zh wrong.yaml
prints "通过 0，失败 1" "counts in Chinese"
status 1 "as JSON" "$BAOGAN" test --json right.yaml wrong.yaml
[ "$(jq -c '[.[] | .passed], (.[1].differences[0] | [.path, .line, .expected_fen, .obtained_fen])' stdout |
    tr '\n' ' ')" = '[true,false] ["expected[2025][residents].clearing",30,700000000,696710000] ' ]
ok $? "holds the difference in fen"
status 1 "an override that breaks a case" "$BAOGAN" test --set budget.growth=6% right.yaml
prints "payable " "shows what it changed"

mkdir -p suite/deep suite/.hidden
cp right.yaml suite/b.yaml
cp right.yaml suite/deep/a.yml
cp wrong.yaml suite/.hidden/
echo "no case" >suite/notes.txt
status 0 "a directory with directories" "$BAOGAN" test suite
[ "$(cat stdout)" = "ok suite/b.yaml
ok suite/deep/a.yml
2 passed, 0 failed" ]
ok $? "in the order of names, YAML files only"
mkdir empty
status 3 "a directory without a case" "$BAOGAN" test empty
says "there is no case" "is no success"
status 2 "nothing to test" "$BAOGAN" test

# fails TEXT NAME: the case on standard input cannot be tested, for the reason in TEXT.
fails() {
    { sed '/^expected/,$d' right.yaml && cat; } >case.yaml
    status 1 "$2" "$BAOGAN" test case.yaml
    prints "not ok case.yaml" "$2: fails"
    says "$1" "$2: says why"
}
fails "the case expects nothing" "a case without expectations" <<'END'
END
fails "the case expects nothing" "a case with an empty expectation" <<'END'
expected: {2025: {residents: {steps: {}}}}
END
fails 'case.yaml:18:48: expected[2025][residents].steps[relaese]: there is no "relaese" among the steps; known are: opening, expense, disallow, release,' \
    "a step that is not there" <<'END'
expected: {2025: {residents: {steps: {relaese: 1}}}}
END
fails 'there is no "reserve" among the added; known are: guarantee, risk.' "a fund that is not there" <<'END'
expected: {2026: {residents: {added: {reserve: 1}}}}
END
fails "the year has no actuals" "a settlement that did not happen" <<'END'
expected: {2026: {residents: {result: 1}}}
END
fails "2040 is no budget year" "a year that is not budgeted" <<'END'
expected: {2040: {residents: {budget: 1}}}
END
fails "employees has no history" "a scheme without history" <<'END'
expected: {2025: {employees: {budget: 1}}}
END
fails "1 instalments are expected; a year has 12" "a year of one month" <<'END'
expected: {2025: {residents: {instalments: [1]}}}
END
fails "did you mean" "a key that is not known" <<'END'
expected: {2025: {residents: {reslut: 1}}}
END
status 1 "a file that is not there" "$BAOGAN" test none.yaml
says "none.yaml" "is named"
printf 'extends: wrong.yaml\nexpected: {2025: {residents: {result: -807900}}}\n' >child.yaml
status 0 "a case that extends another" "$BAOGAN" test child.yaml
prints "ok child.yaml" "does not inherit what that expects"
printf 'history: {2022: 1, 2023: 1, 2024: 1}\nbudget: {growth: 0}\nexpected: {2025: {residents: {budget: 1}}}\n' >plain.yaml
status 0 "a budget needs no actuals" "$BAOGAN" test plain.yaml
status 4 "a full standard output" sh -c '"$0" test right.yaml >/dev/full' "$BAOGAN"
finish
