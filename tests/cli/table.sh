#!/bin/sh
# Settling a table: one unit a row; a bad row is never passed over in silence.
# shellcheck source=support
. "$(dirname "$0")/support"
cd "$work" || exit 1
settle() { "$BAOGAN" settle rule.yaml --table "$@"; }

# holds TEXT FILE NAME: the file holds just these lines.
holds() {
    printf '%s\n' "$1" >expected
    cmp -s expected "$2"
    ok $? "$3"
}

# The default plan is that of the worked example of sim/rules/README.md, whose numbers are by hand.
cat >rule.yaml <<'YAML'
inputs:
  expense: {column: spent, scale: 10000}
  score: {values: {full: 100}, empty: 92}
table: {write: [balance, result, clearing, fund.risk, institution.county_hospital]}
YAML
cat >units.csv <<'CSV'
county,year,budget,spent,emergency,disallowed,score,remark
Yangxi,2025,115500000,11800,4000000,500000,85,"as in the notice, 2025"
阳东,2025,"115,500,000",1.1亿,0,0,full,
Zhaoqing,2025,115500000.00,11000,0,0,,x
CSV
header=county,year,remark,balance,result,clearing,fund.risk,institution.county_hospital
first='Yangxi,2025,"as in the notice, 2025",-2693000.00,-807900.00,6967100.00,0.00,-784740.00'
# 109.725 - 110 + 3.465 = 3.19 million yuan, below 10 % of the budget: all of it is kept, 60 % of that
# goes to the hospital; 110 + 3.19 - 109.725 = 3.465 are still to be paid.
second='阳东,2025,,3190000.00,3190000.00,3465000.00,2310000.00,1914000.00'
third='Zhaoqing,2025,x,3190000.00,3190000.00,3465000.00,2310000.00,1914000.00'
status 0 "a table is settled" settle units.csv
holds "$(printf '%s\n' "$header" "$first" "$second" "$third")" stdout "row by row, to the fen"
holds 'rows settled: 3; rejected: 0
columns carried along, not read: county, remark' stderr "and the rows are counted, other columns named"
iconv -f UTF-8 -t GB18030 units.csv >gb18030.csv
status 0 "a table as Excel saves it in China" settle gb18030.csv
holds "$(printf '%s\n' "$header" "$first" "$second" "$third")" stdout "is settled alike"
says "gb18030.csv: The text is not UTF-8; it is read as GB18030, and results are written in UTF-8." "which is said"
{ printf '\357\273\277'; cat units.csv; } >marked.csv
status 0 "a table with a byte-order mark" settle marked.csv
holds "$(printf '%s\n' "$header" "$first" "$second" "$third")" stdout "is settled alike"
status 0 "a table on standard input" sh -c '"$BAOGAN" settle rule.yaml --table - --quiet <units.csv'
[ ! -s stderr ] && [ "$(wc -l <stdout)" -eq 4 ]
ok $? "--quiet says nothing"
status 0 "a table in Chinese" settle units.csv --lang zh
says "已清算3行，退回0行" "is counted in Chinese"

says "原样带出、不作数据的列：county, remark" "other columns are named"

status 0 "chosen columns" settle units.csv --set 'table={keep: [remark], write: [account.risk, result]}'
holds 'remark,account.risk,result
"as in the notice, 2025",0.00,-807900.00
,2310000.00,3190000.00
x,2310000.00,3190000.00' stdout "are written in their order"

# Money that the table brings with it: the fund's balance carried in, its share of the year, what was
# prepaid, what is payable.
cat >funds.csv <<'CSV'
budget,spent,opening.risk,added.risk,added.guarantee,prepaid
100000000,10200,7000000,1000000,2000000,90000000
CSV
status 0 "funds and instalments of the table" settle funds.csv \
    --set 'table.write=[balance,result,fund.risk,clearing]'
# Payable 97, balance 97 - 102 + 2 = -3 million; the community bears 30 %: -0.9; 102 - 0.9 - 90 = 11.1.
holds 'balance,result,fund.risk,clearing
-3000000.00,-900000.00,8000000.00,11100000.00' stdout "are those that count"
# Disallowed expense by institution, worked by hand: payable 95, balance 95 - 90 + 5 + 3 (all
# of the guarantee fund, for 92 points) = 13, of which a tenth of the budget is kept: 10, or 6, 3 and 1.
cat >blame.csv <<'CSV'
id,budget,spent,disallowed,disallowed.county_hospital,disallowed.village_clinics
a,100,0.009,5,3,2
b,100,0.009,,3,2
c,100,0.009,5,,
CSV
status 0 "disallowed expense by institution" settle blame.csv --set 'table.write=[institution.county_hospital,institution.township_centres,institution.village_clinics]'
holds 'id,institution.county_hospital,institution.township_centres,institution.village_clinics
a,3.00,3.00,-1.00
b,3.00,3.00,-1.00
c,3.00,1.50,0.50' stdout "is borne as the row says, else by the shares of the result"
echo 'd,100,0.009,5,3,1' >>blame.csv
status 3 "parts that are not the whole" settle blame.csv
says "blame.csv:5:1: the disallowed expense by institution adds up to 4.00 yuan, but disallowed is 5.00 yuan" "are an error of their row"
printf 'budget,spent,县医院不予支付\n100,0.009,5\n' >mapped.csv
status 0 "a mapped column" settle mapped.csv --set 'table.write=[institution.county_hospital]' \
    --set 'inputs={expense: {column: spent, scale: 10000}, disallowed.county_hospital: {kind: money, optional: true, column: 县医院不予支付}}'
holds 'institution.county_hospital
1.00' stdout "is read from where it stands"
# Years linked by their unit, by hand. a: payable 98 - 99 = -1 is carried as a deficit; 98 - 101 = -3, all of
# an emergency, is paid by the fund, which holds 2 + 2; 98 - 90 = 8 makes up the 1. b brings 5 of its own in.
cat >linked.yaml <<'YAML'
budget: {funds: {risk: {rate: 2%, carry_over: true}}}
settlement: [{cover_emergency: {fund: risk}}, {carry_forward: {}}, {clear: {}}]
table: {link: id, keep: [id, year], write: [result, deficit_left, fund.risk]}
YAML
cat >linked.csv <<'CSV'
id,pool,year,budget,expense,emergency,opening.risk
a,p,2025,100,99,0,
b,q,2025,100,99,0,
a,p,2026,100,101,3,
b,q,2026,100,90,0,5
a,p,2027,100,90,0,
CSV
linked='id,year,result,deficit_left,fund.risk
a,2025,0.00,1.00,2.00
b,2025,0.00,1.00,2.00
a,2026,0.00,1.00,1.00
b,2026,7.00,0.00,7.00
a,2027,7.00,0.00,3.00'
# By hand, a loss can be made up in two years: 100 of 2025 and 50 of 2026; of 30 in 2027 the older gets all, and 70
# lapse; the 50 lapse in 2028. b names its deficit of 2027, which is then last year's.
cat >lapses.yaml <<'YAML'
budget: {funds: {}}
settlement: [{carry_forward: {years: 2}}, {clear: {}}]
table: {link: id, keep: [id, year], write: [deficit_left]}
YAML
cat >lapses.csv <<'CSV'
id,year,budget,expense,deficit
a,2025,1000,1100,
b,2025,1000,1100,
a,2026,1000,1050,
b,2026,1000,1050,
a,2027,1000,970,
b,2027,1000,970,150
a,2028,1000,1000,
b,2028,1000,1000,
CSV
status 0 "losses that lapse" "$BAOGAN" settle lapses.yaml --table lapses.csv
[ "$(cut -d, -f3 stdout | paste -sd ' ')" = 'deficit_left 100.00 100.00 150.00 150.00 50.00 120.00 0.00 0.00' ]
ok $? "lapse after the years in which they could be made up"
status 3 "totals that would hold what years left" "$BAOGAN" settle lapses.yaml --table lapses.csv \
    --set 'settlement=[{carry_forward: {recover: budget}}, {clear: {}}]'
link() { "$BAOGAN" settle linked.yaml --table "$@"; }
status 0 "years of two units, linked" link linked.csv
holds "$linked" stdout "carry funds and deficits on"
status 0 "with a fund that a pool shares" link linked.csv --set 'budget.funds[risk].shared=pro_rata'
holds "$linked" stdout "they do so, too"
{ head -n 1 linked.csv; for y in 2025 2026 2027; do awk -v y=$y 'BEGIN { for (i = 1; i <= 400; i++)
    printf "%d,%d,%d,100,%d,%d,\n", i, i, y, 90 + (i * 7 + y * 3) % 20, i % 3 }'; done; } >by_year.csv
{ head -n 1 by_year.csv; sed 1d by_year.csv | sort -t, -k1,1n -k3,3n; } >by_unit.csv
status 0 "a table by years" link by_year.csv
sort stdout >first
status 0 "and by units" link by_unit.csv
sort stdout | cmp -s - first && [ "$(wc -l <first)" -eq 1201 ]
ok $? "gives the same amounts"
printf '%s\n' b,q,2028,100,98,0, b,q,2029,100,98,0, a,p,2027,100,90,0, ,p,2027,100,90,0, >>linked.csv
status 0 "years that do not follow" link linked.csv --rejects unlinked.csv
holds "$linked" stdout "leave the others as they are"
[ "$(sed '1d; s/,b,.*//; s/,a,.*//; s/,,p,.*//; s/,[^,]*\(年\|行\)[^,]*$//' unlinked.csv)" = '7,"the year 2028 of ""b"" stands behind 2026 (line 5); years that are linked follow one another."
8,"the row of ""b"" on line 7 was not settled, so that nobody knows what it leaves to this one."
9,"the year 2027 of ""a"" stands here a second time."
10,the row does not name its unit.' ]
ok $? "and are rejected with the reason"
printf 'id,budget,expense\na,1,1\n' >undated.csv
status 3 "a table without years" link undated.csv
says 'the table undated.csv has no column "year"' "cannot be linked"
sed 's/^id,/name,/' linked.csv >nameless.csv
status 3 "a table without units" link nameless.csv
says 'linked.yaml:3:15: table.link: ' "is told where it says so"
printf 'budget,spent,payable\n100,0.009,96\n' >payable.csv
status 3 "a payable amount that does not fit the funds" settle payable.csv
says "payable.csv:2:1: payable 96.00 yuan and what the funds got, 5.00 yuan, must add up" "names the row"

# Bad rows.
cat >bad.csv <<'CSV'
county,budget,spent,score,disallowed
good,100,0.01,80,0
text,100,1O,80,0
short,100,0.01
negative,100,-1,80,0
score,100,0.01,101,0
parts,100,0.01,80,200
empty,,0.01,80,0
"quote"d,100,0.01,80,0
good too,100,0.01,80,0
CSV
status 3 "bad rows end the run" settle bad.csv --out bad.out.csv
for place in '3:10: spent: expense is "1O"; allowed is an amount of money' '4:1: the row has 3 cells' \
    '5:1: expense is -10,000.00 yuan; it cannot be negative' '6:1: the score is 101 points' \
    '7:1: disallowed 200.00' '8:7: budget: budget is empty' '9:8: text stands behind'; do
    says "bad.csv:$place" "line ${place%%:*} is refused in words"
done
[ ! -e bad.out.csv ] && [ "$(wc -l <stderr)" -eq 7 ]
ok $? "nothing is written"
# Good: 95 - 100 + 80 % of 3 = -2.60, of which the community bears 30 %.
status 0 "bad rows to a file" settle bad.csv --rejects rejects.csv --set 'table.write=[result]'
holds 'county,result
good,-0.78
good too,-0.78' stdout "the good ones are settled"
says "rows settled: 2; rejected: 7" "both are counted"
[ "$(sed 1q rejects.csv)" = "line,reason,reason_zh,county,budget,spent,score,disallowed" ]
ok $? "the rejects have the columns of the table"
grep -q '^5,"expense is -10,000.00 yuan; it cannot be negative.","*[^,]*-10,000.00.*,negative,100,-1,80,0$' rejects.csv
ok $? "each with its line, the reason and its cells"
[ "$(cut -d, -f1 rejects.csv | tr '\n' ' ')" = "line 3 4 5 6 7 8 9 " ]
ok $? "in their order"
status 4 "a reject file that is there" settle bad.csv --rejects rejects.csv
says "rejects.csv: This file is already there" "is not replaced"

# A row is the same wherever it stands: 1,000 rows over several blocks, one of them bad or none.
awk 'BEGIN {
    print "id,budget,spent,score"
    for (i = 1; i <= 1000; i++) print i "," 1000000 + i * 977 "," 90 + i % 23 "," i % 101
}' >many.csv
awk -F, 'NR == 301 { $3 = "-1" } { print $1 "," $2 "," $3 "," $4 }' many.csv >one_bad.csv
status 0 "many rows" settle many.csv --out many.out.csv
status 0 "the same with a bad one" settle one_bad.csv --out one_bad.out.csv --rejects one.csv
grep -v '^300,' many.out.csv | cmp -s - one_bad.out.csv
ok $? "give the same results"
sed -n '1p;900p' many.csv >alone.csv
status 0 "one of them alone" settle alone.csv --quiet
[ "$(sed -n 2p stdout)" = "$(sed -n 900p many.out.csv)" ]
ok $? "gives its own"
awk 'BEGIN { print "budget,spent"; for (i = 0; i < 30; i++) print "100,x" }' >all_bad.csv
status 3 "thirty bad rows" settle all_bad.csv
says "10 more rows are bad" "are not all listed"

# Tables that cannot be read.
bad_table() {
    printf '%b' "$1" >table.csv
    status 3 "$2" settle table.csv --rejects r.csv
    says "$3" "$2: the message says so"
    [ ! -s stdout ] || [ "$(wc -l <stdout)" -le 1 ]
    ok $? "$2: no row is written"
    [ ! -e r.csv ]
    ok $? "$2: no rejects are written"
}
bad_table '' "an empty table" "table.csv:1:1: no row names the columns"
bad_table 'county,spent\n' "a table without budgets" 'has no column "budget", from which budget is read'
bad_table 'budget,spent,spent\n' "a column twice" 'table.csv:1:14: the column "spent" stands here a second'
bad_table 'budget,spent,result\n1,1,1\n' "a column like a result" 'table.keep'
bad_table 'budget,spent\n1,"1\n2,2\n' "an open quotation mark" "table.csv:2:3: the quotation mark that opens"
bad_table 'budget,spent\n1,\0377\n' "other characters" "table.csv:2:1: the text is neither UTF-8 nor GB18030"
status 3 "an unknown result" settle units.csv --set 'table.write=[profit]'
says 'there is no result "profit"' "is refused"
status 3 "an unknown column" settle units.csv --set 'table.keep=[town]'
says 'units.csv has no column "town"' "is refused"
status 4 "a missing table" settle none.csv
says "none.csv: The file cannot be opened" "is named"
status 4 "a directory" settle .
says "cannot be read" "is no table"
status 2 "--table with --explain" settle units.csv --explain
says "--explain does not go with --table" "is refused"
status 2 "--out without --table" "$BAOGAN" settle rule.yaml --out x.csv
says "without --table it names a workbook and ends in .xlsx" "is refused"
if [ -c /dev/full ]; then
    "$BAOGAN" settle rule.yaml --table many.csv >/dev/full 2>stderr
    [ $? -eq 4 ]
    ok $? "a full disk is noticed"
fi
finish
