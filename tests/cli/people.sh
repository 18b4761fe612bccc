#!/bin/sh
# Insured people by group, from the file to the report.
# shellcheck source=support
. "$(dirname "$0")/support"
cd "$work" || exit 1
ageing=$root/scenarios/examples/ageing.yaml

run() { # NAME SCENARIO OPTION...
    name=$1 scenario=$2
    shift 2
    status 0 "$name runs" "$BAOGAN" run "$scenario" --quiet --no-charts --out "$name" \
        --set simulation.replications=2000 "$@"
}

holds() { # DIRECTORY TEXT NAME
    tr -s "\n " "  " <"$1/report.txt" | grep -qF -- "$2"
    ok $? "$3"
}

reads() { # DIRECTORY TEXT NAME; Chinese has no spaces where lines break
    tr -d "\n " <"$1/report.txt" | grep -qF -- "$2"
    ok $? "$3"
}

outcome() { sed -n "s/^employees,$2,$3,\([^,]*\),.*/\1/p" "$1/outcomes.csv"; }

within() { # VALUE LOW HIGH NAME
    awk -v a="$1" -v l="$2" -v h="$3" 'BEGIN {exit !(a > l && a < h)}'
    ok $? "$4"
}

# With 27.5 % retired in 2025 a head has 0.725 + 0.275 x 4.1 = 1.8525 admissions of one in work, with 32.5 % 2.0075:
# 1.37 % a year by chance of the years, 1.44 % at first. Half of the pace is new: 0.7 % a year, 3.4 % in 2030 for inpatient
# and chronic care, and 1.9 % for visits (1.275 to 1.325, 0.78 % a year). In work are 67.5 % in place of 71.5 % of 2026.
run plain "$root/scenarios/county.yaml" --no-check
run older "$ageing"
holds older "From 2025 to 2030 care for an insured person grows by 5.5% a year: 1.4 points are ageing, the mix of the groups, and 4.1 all the rest." \
    "what of the growth is ageing is said"
holds older "Trends hold ageing at its former pace; only what differs from that changes the expense." "and what that changes"
holds older "The reference engine agrees" "the reference engine agrees"
within "$(awk -v a="$(outcome older 2030 expense)" -v b="$(outcome plain 2030 expense)" 'BEGIN {print a / b}')" 1.030 1.035 \
    "faster ageing costs three per cent in 2030"
within "$(awk -v a="$(outcome older 2030 income)" -v b="$(outcome older 2026 income)" 'BEGIN {print a / b}')" 1.134 1.139 \
    "and fewer pay: (675 / 715) x 1.032^4 x 1.015^4"
[ "$(outcome older 2030 expense)" != "$(outcome plain 2030 expense)" ] && grep -q '^residents,' plain/outcomes.csv &&
    [ "$(grep '^residents,' plain/outcomes.csv)" = "$(grep '^residents,' older/outcomes.csv)" ]
ok $? "residents have every digit that they had"
[ "$(head -1 older/ageing.csv)" = unit,year,growth,ageing,rest ] && [ "$(wc -l <older/ageing.csv)" -eq 6 ] && ! [ -e plain/ageing.csv ]
ok $? "a file has it by year where people are by group"
[ "$(jq '[.ageing[] | .growth - .ageing - .rest | fabs < 1e-9] | all' older/result.json)" = true ] &&
    [ "$(jq 'has("ageing")' plain/result.json)" = false ]
ok $? "the result, too, and it adds up"

run zh "$ageing" --no-check --lang zh
reads zh "参保人群结构及其影响" "in Chinese it has its heading"
reads zh "2025—2030年，人均费用年均增长5.5%：其中老龄化（人群结构变化）1.4个百分点，其余4.1个百分点。" "and its sentence"
run top "$ageing" --no-check --set "people[employees].ageing=on_top"
within "$(awk -v a="$(outcome top 2030 expense)" -v b="$(outcome plain 2030 expense)" 'BEGIN {print a / b}')" 1.066 1.072 \
    "on top of trends it costs twice as much"
holds top "The scenario says that ageing comes on top of its trends." "which is said"

# 4,500 babies in 2025 and half as many in 2030 pay for half a year: of 500,000 residents, less a hundredth a year, 0.41 % in
# 2026 and 0.24 % in 2030.
run born "$root/scenarios/county.yaml" --no-check --set "people[residents].newborns.count={2025: 4500, 2030: 2250}"
all() { sed -n "s/^residents,$2,$3,\([^,]*\),.*/\1/p" "$1/outcomes.csv"; }
within "$(awk -v a="$(all born 2026 income)" -v b="$(all plain 2026 income)" 'BEGIN {print a / b}')" 1.0040 1.0042 \
    "babies pay for a part of their first year"
within "$(awk -v a="$(all born 2030 income)" -v b="$(all plain 2030 income)" 'BEGIN {print a / b}')" 1.0023 1.0025 \
    "fewer of them pay less"
within "$(awk -v a="$(all born 2030 expense)" -v b="$(all plain 2030 expense)" 'BEGIN {print a / b}')" 0.991 0.994 \
    "and need less care: 1.75 x 4,500 and 2,250 beside 500,000 and 475,495 people"
status 3 "babies of employees" "$BAOGAN" check "$root/scenarios/county.yaml" --set "people[employees].newborns.count=10"

status 3 "shares of 99 %" "$BAOGAN" check "$ageing" --set "people[employees].groups[retired].share=26.5%"
says "the shares of the groups add up to" "are refused"
status 3 "a group that is none" "$BAOGAN" check "$ageing" --lang zh --set "pool[employees].retired_groups=old"
says "没有人群" "is refused in Chinese"
finish
