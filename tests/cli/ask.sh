#!/bin/sh
# init --ask and init --rules: from a dialogue in a pipe to a scenario that runs.
# shellcheck source=support
. "$(dirname "$0")/support"
cd "$work" || exit 1

# asked STATUS NAME ANSWERS OPTION...: the dialogue of lines in a file.
asked() {
    wanted=$1 name=$2 answers=$3
    shift 3
    got=0
    "$BAOGAN" init --ask "$@" <"$answers" >stdout 2>stderr || got=$?
    [ "$got" -eq "$wanted" ]
    ok $? "$name (exit $wanted)"
}

cat >zh.txt <<'LINES'
阳光县
万元
2025
5.55亿 56,600 56700
2.1亿，2.2亿，23000
50万
60,000
6％
5.5%
5%：80%，10%：50%，其余：0%
5%：30%，10%：50%，其余：100%
县级医院：55%，乡镇卫生院：30%，村卫生室：15%
90：100%，80：80%，60：50%，0：0%
86
LINES
asked 0 "a dialogue in Chinese" zh.txt --lang zh zh.yaml
says "4. 居民医保统筹基金支出" "the questions are Chinese"
says "已生成，可用 baogan run 运行" "it says what was written"
[ ! -s stdout ]
ok $? "nothing goes to standard output"
status 0 "the scenario is valid" "$BAOGAN" check zh.yaml --lang zh
prints "有效（0条警告）" "without a warning"
status 0 "it runs" "$BAOGAN" run zh.yaml --lang zh --out zh --no-charts --set simulation.replications=500
prints "阳光县" "under its title"
prints "居民医保" "with residents"
prints "职工医保" "and employees"

# By hand: (555 + 566 + 567) / 3 = 562.666667 million, and 6 %: 596.426667.
printf 'Sunshine County\nwan\n2025\n55,500 56,600 56,700\n\n500,000\n6%%\n\n\n\n\n\n' >en.txt
asked 0 "a dialogue in English, of residents alone" en.txt en.yaml
says "4. What the pooled fund paid for residents" "the questions are English"
status 0 "the budget of its answers" "$BAOGAN" budget --json en.yaml
prints 59642666667 "is the mean of three years and 6 %"
status 0 "it runs as well" "$BAOGAN" run en.yaml --out en --no-charts --set simulation.replications=500

cp zh.yaml before
asked 4 "a file that is there is not written over" zh.txt --lang zh zh.yaml
says "zh.yaml" "the message names it"
[ "$(grep -c '^1\.' stderr)" -eq 0 ] && cmp -s zh.yaml before
ok $? "and nothing is asked"

mkdir empty
lines=0
while [ "$lines" -lt 14 ]; do
    head -n "$lines" zh.txt >part.txt
    asked 2 "input that ends after $lines answers" part.txt --lang zh empty/x.yaml
    (head -n "$lines" zh.txt && echo q) >part.txt
    asked 2 "q after $lines answers" part.txt --lang zh empty/x.yaml
    lines=$((lines + 1))
done
says '已按`q`退出，未写出任何文件' "the message says so"
nothing_in empty "nothing is written"

for file in "$root"/scenarios/rules/*.yaml; do
    rule=$(basename "$file" .yaml)
    status 0 "init --rules $rule" "$BAOGAN" init --rules "$rule" "$rule.yaml"
    case $rule in
    # a year that is known has what these ask for
    deqing_teams | germany_lines | massachusetts_pots | pots_by_origin | pool_result | shenzhen_2025 | vermont_onecare | xining_pots)
        status 3 "waits for what a run needs" "$BAOGAN" check "$rule.yaml"
        grep -q 'settles real years only\|the income is not known' stderr
        ok $? "it says what"
        ;;
    *) status 0 "is valid" "$BAOGAN" check "$rule.yaml" ;;
    esac
done
status 0 "a rule gives" "$BAOGAN" budget quality_deposit_5.yaml --json
prints '"deposit"' "its own fund"
status 2 "an unknown rule is refused" "$BAOGAN" init --rules guandong x.yaml
says "there are aco_reach_global, aco_reach_professional, adjustment_fund_5, alzira, " "with the names"
printf '\n\n\n555M 566M 567M\n\n\n\n\n' >rule.txt
asked 0 "a dialogue about a rule" rule.txt --rules quality_deposit_5 asked.yaml
status 0 "is valid, too" "$BAOGAN" check asked.yaml
[ ! -e x.yaml ]
ok $? "a refused rule leaves nothing"
finish
