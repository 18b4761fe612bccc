#!/bin/sh
# The rules of scenarios/rules/mssp on made-up organisations, for each track, year and branch. The expected
# dollars are worked by hand from the rules; results that were published are compared by make verify.
# shellcheck source=support
. "$(dirname "$0")/support"
cd "$work" || exit 1

# The benchmark is 100 million dollars throughout; - stands for an empty cell. "by revenue" is the column
# that says so, "any" the one for savings below the minimum.
cat >cases <<'CASES'
year track    saving  minimum     quality       share  loss  met    relief  by_revenue any  revenue  generated     earned
# 4,000,000 x 0.396707589 x 0.98 = 1,555,093.75
2014  1      4000000  0.0318  0.793415179 0.396707589  -     -      -         -  -         -    4000000    1555094
# pay for reporting: the score counts as 1
2014  1      5000000  0.02    P4R         0.5          -     -      -         -  -         -    5000000    2450000
2015  1      5000000  0.02    -           0.5          -     -      -         -  -         -    5000000    2450000
# failed quality: generated, not paid
2014  1      5000000  0.02    0           0            -     -      -         -  -         -    5000000          0
# the minimum is compared without tolerance, and reaching it is enough
2014  1      1999999  0.02    1           0.5          -     -      -         -  -         -          0          0
2014  1      2000000  0.02    1           0.5          -     -      -         -  -         -    2000000     980000
# one-sided: a loss does not count, but is shown in 2018 and 2019
2017  1     -3000000  0.025   1           0.5          -     -      -         -  -         -          0          0
2018  1     -3000000  0.025   1           0.5          -     -      -         -  -         -   -3000000          0
2019  1     -3000000  0.025   1           0.5          -     -      -         -  -         -   -3000000          0
2020  1     -3000000  0.025   1           0.5          -     -      -         -  -         -          0          0
2021  B     -3000000  0.025   1           0.4          -     1      -         0  -         -          0          0
# loss rate = 1 - final sharing rate: 0.325 is below the floor of 40 %
2016  3     -6000000  0.02    0.9         0.675        -     -      -         -  -         -   -6000000   -2400000
2017  2     -6000000  0.02    0.8333      0.5          -     -      -1000000  -  -         -   -6000000   -2000000
# failed quality owes the most: 60 %, 75 %
2018  2     -6000000  0.02    0           0            -     -      -         -  -         -   -6000000   -3600000
2018  3     -6000000  0.02    0           0            -     -      -         -  -         -   -6000000   -4500000
# a loss of just the minimum counts, one dollar less does not
2016  2     -2000000  0.02    1           0.6          -     -      -         -  -         -   -2000000    -800000
2016  2     -1999999  0.02    1           0.6          -     -      -         -  -         -          0          0
# track 1+: 30 %, at most 4 % of the benchmark, or 8 % of revenue where that is the limit
2018  1+    -6000000  0.02    1           0.5          -     -      -         0  -         -   -6000000   -1800000
2018  1+   -20000000  0.02    1           0.5          -     -      -         0  -         -  -20000000   -4000000
2018  1+    -6000000  0.02    1           0.5          -     -      -         1  -  10000000   -6000000    -800000
2018  1+    -6000000  0.02    1           0.5          -     -      -300000   1  -  10000000   -6000000    -500000
2018  1+    -6000000  0.02    1           0.5          -     -      -900000   1  -  10000000   -6000000          0
2018  1+    -6000000  0.02    1           0.5          -     -      -         0  -  10000000   -6000000   -1800000
2018  1+    -6000000  0.02    1           0.5          -     -      -         1  -         -   -6000000   -1800000
# 2019: maximum x quality where the printed share agrees with it (0.48435 with 0.48), no sequestration
2019  1      5000000  0.02    0.9687      0.48         -     -      -         -  -         -    5000000    2421750
2019  1      5000000  0.02    0.93        0.5          -     -      -         -  -         -    5000000    2500000
2020  1      5000000  0.02    0.9687      0            -     -      -         -  -         -    5000000          0
2020  EN     5000000  0.02    0.9687      0.73         -     -      -         -  -         -    5000000    3632625
2019  EN    -6000000  0.02    0.9217      0.69         -     -      -         -  -         -   -6000000   -2400000
2019  2     -6000000  0.02    0.9217      0.55         -     -      -         -  -         -   -6000000   -2681880
2019  2     -6000000  0.02    0.9217      0.6          -     -      -         -  -         -   -6000000   -2400000
2019  3     -6000000  0.02    0.9217      0            -     -      -         -  -         -   -6000000   -4500000
# 2020: relief of the whole loss
2020  EN    -6000000  0.02    0.9687      0.73         -     -      -         -  -         -   -6000000          0
2020  1+    -6000000  0.02    0.9687      0.48         -     -      -         1  -  10000000   -6000000          0
# 2021: all or nothing; the cap comes after sequestration
2021  E      5000000  0.02    0.7         0.5          -     1      -         0  -         -    5000000    2450000
2021  A     30000000  0.02    0.7         0.4          -     1      -         0  -         -   30000000   10000000
2021  A     25200000  0.02    0.7         0.4          -     1      -         0  -         -   25200000    9878400
2021  3     40000000  0.02    0.7         0.75         -     1      -         0  -         -   40000000   20000000
2021  2     40000000  0.02    0.7         0.6          -     1      -         0  -         -   40000000   15000000
2021  2     -6000000  0.02    0.9         0.6          -     1      -         0  -         -   -6000000   -2760000
2021  EN    -6000000  0.02    1           0.75         -     1      -         0  -         -   -6000000   -2400000
2021  EN    -6000000  0.02    0.7385      0.75         -     1      -         0  -         -   -6000000   -2676750
2022  EN    -6000000  0.02    0.60        0.75         -     1      -         -  -         -   -6000000   -3300000
2022  EN    -6000000  0.02    0.40        0.75         -     1      -         -  -         -   -6000000   -4200000
2022  EN    -6000000  0.02    0.40        0            -     0      -         -  -         -   -6000000   -4500000
# limits: 15 % of the benchmark; 1, 2 and 4 %, or 2, 4 and 8 % of revenue where that is lower
2022  EN   -50000000  0.02    0.40        0.75         -     1      -         -  -         -  -50000000  -15000000
2021  2    -50000000  0.02    0.5         0.6          -     1      -         0  -         -  -50000000  -10000000
2022  C    -20000000  0.02    1           0.5          -     1      -         -  -         -  -20000000   -1000000
2022  C    -20000000  0.02    1           0.5          -     1      -400000   -  -  20000000  -20000000          0
2022  C    -20000000  0.02    1           0.5          -     1      -150000   -  -  20000000  -20000000    -250000
2022  C    -20000000  0.02    1           0.5          -     1      -         -  -  80000000  -20000000   -1000000
2022  D    -20000000  0.02    1           0.5          -     1      -250000   -  -         -  -20000000   -1750000
2022  D    -20000000  0.02    1           0.5          -     1      -         -  -  40000000  -20000000   -1600000
2022  E    -20000000  0.02    1           0.5          -     1      -         -  -         -  -20000000   -4000000
2022  E    -20000000  0.02    1           0.5          -     1      -         -  -  40000000  -20000000   -3200000
# half a dollar rounds away from zero: 2,000,005 x 0.3 = 600,001.5
2022  C     -2000005  0.02    1           0.5          -     1      -         -  -         -   -2000005    -600002
# the loss rate as published from 2023; without one, quality
2023  EN    -6000000  0.02    0.7385      0.75         0.4461 1     -         -  -         -   -6000000   -2676600
2023  EN    -6000000  0.02    0.7385      0.75         -     1      -         -  -         -   -6000000   -2676750
# 2024: a saving below the minimum shared by half; the alternative standard, printed to four places
2024  B       500000  0.03    0.8         0.2          -     1      -         -  1         -     500000      98000
2024  B       500000  0.03    0.8         0.4          -     1      -         -  0         -          0          0
2024  E       500000  0.03    0.8         0.25         -     1      -         -  1         -     500000     122500
2024  EN     5000000  0.02    0.45        0.3375       -     1      -         -  0         -    5000000    1653750
CASES

awk -v OFS=, '
    /^#/ { next }
    { for (i = 1; i <= NF; i++) if ($i == "-") $i = "" }
    NR == 1 {
        print "year,id,track,benchmark,expenditure,min_rate,quality_score,share_rate,loss_rate,met_quality," \
            "disaster_adjustment,revenue_loss_limit,reduced_share,revenue" >"rows.csv"
        print "year,id,computed_generated,computed_earned" >"expected.csv"
        next
    }
    {
        id = NR
        print $1, id, $2, 100000000, 100000000 - $3, $4, $5, $6, $7, $8, $9, $10, $11, $12 >"rows.csv"
        printf "%d,%d,%d.00,%d.00\n", $1, id, $13, $14 >"expected.csv"
    }' cases
status 0 "all tracks and years" sh "$root/tests/verify/mssp.sh" rows.csv
[ ! -s stderr ]
ok $? "leave nothing to say"
# Each case by itself, so that a wrong one is named.
while IFS=, read -r year id generated earned; do
    grep -qxF "$year,$id,$generated,$earned" stdout
    ok $? "$(sed -n "${id}p" cases | tr -s ' ')"
done <<EXPECTED
$(sed 1d expected.csv)
EXPECTED
cmp -s stdout expected.csv
ok $? "and in the order of the file"

# The order of steps matters: a levy before a cap, and the cap before the levy.
plan='{share_surplus: {bands: {rest: 40%}}}'
levy='{deduct: {gain: 2%}}'
cap='{cap: {gain: 10%}}'
cat >rows.csv <<'CSV'
budget,expense
100000000,74800000
100000000,70000000
CSV
settled() {
    printf 'budget: {funds: {}}\nsettlement: [%s, %s, %s, {clear: {}}]\ntable: {write: [result]}\n' \
        "$plan" "$1" "$2" >rule.yaml
    "$BAOGAN" settle rule.yaml --quiet --table rows.csv | tr '\n' ' '
}
# 25.2 million x 40 % = 10.08; less 2 % 9.8784, below the cap of 10. Capped first: 10 less 2 % = 9.8.
[ "$(settled "$levy" "$cap")" = "result 9878400.00 10000000.00 " ]
ok $? "a cap after the levy cuts only what is paid"
[ "$(settled "$cap" "$levy")" = "result 9800000.00 9800000.00 " ]
ok $? "the levy after the cap takes its part of the cap"

# Rows without rules are named, and the others settled.
printf 'year,id,track,benchmark,expenditure,min_rate\n2014,a,9,1,1,0\n2014,b,1,10,5,x\n2014,c,1,10,5,0\n' >rows.csv
status 1 "a track without rules" sh "$root/tests/verify/mssp.sh" rows.csv
says "no rules for track 9" "is named"
says 'min_rate is ""x""' "as is a row that cannot be settled"
prints "2014,c,5.00,0.00" "the others are settled"
finish
