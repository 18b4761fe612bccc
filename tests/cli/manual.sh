#!/bin/sh
# The manual in two languages: the same keys, formulas, tables and examples, and what tells them apart is seen.
# shellcheck source=support
. "$(dirname "$0")/support"
cd "$work" || exit 1

same() { "$root/tests/support/same_manual.py" "$@" >differences; }

for room in rules settlement; do
    same "$root/sim/$room/README.md" "$root/sim/$room/README.zh.md"
    ok $? "the manual of $room is the same in both languages"
    sed 's/^/# /' differences
done

# seen WHAT EDIT: a Chinese page edited like this is told from the English one, by these words.
seen() {
    sed "$2" "$root/sim/settlement/README.zh.md" >edited.md
    ! cmp -s edited.md "$root/sim/settlement/README.zh.md" &&
        ! same "$root/sim/settlement/README.md" edited.md && grep -qF -- "$3" differences
    ok $? "$1"
}
seen "a section that is missing is seen" '/^## 用例/d' headings
seen "so is a key" 's/`settlement_rounding`/取整单位/' settlement_rounding
seen "a rate" 's/3\.3 × 50%/3.3 × 60%/' 60
seen "a row of a table" '/^| `relief`（/d' rows
seen "a number of a table" 's/−7\.775/−7.757/' 7.757
seen "a key in a table" 's/`beyond: excess`/`beyond: all`/' 'beyond: all'
seen "an example" 's/scale: 100,/scale: 10,/' 'scale: 10,'
seen "a formula" 's/(min(x, l₂b) − min(x, l₁b))/(min(x, l₂b) + min(x, l₁b))/' code
seen "a link" 's/hledger\.org/example.org/' example.org

# Readers of one language find the other, and links lead somewhere.
for page in README sim/rules/README sim/settlement/README; do
    name=$(basename "$page")
    grep -qF "($name.zh.md)" "$root/$page.md" && grep -qF "($name.md)" "$root/$page.zh.md"
    ok $? "$page.md and $page.zh.md name each other"
    missing=$(grep -o '](\([^):#]*\))' "$root/$page.zh.md" | sed 's/](\(.*\))/\1/' | sort -u |
        while read -r link; do [ -e "$(dirname "$root/$page")/$link" ] || echo "$link"; done)
    [ -z "$missing" ]
    ok $? "links of $page.zh.md lead somewhere $missing"
done

# The Chinese page of the project: it names every verb, its files load, its commands run, its figures are those.
page=$root/README.zh.md
for verb in $("$BAOGAN" help --completion | sed -n 's/^    \([a-z]*\)) options=.*/\1/p'); do
    grep -q "\`baogan $verb\b" "$page"
    ok $? "README.zh.md names $verb"
done
"$BAOGAN" run "$root/scenarios/county.yaml" --lang zh --quiet --no-charts --out county >county.txt 2>messages.txt
awk '/^```/ { inside = !inside && /^```$/ } inside' "$page" |
    sed -n '/^五十万人口县/,/^  …/p' | grep -v '^ *…' >result.txt
awk 'NR == FNR { line[++count] = $0; next } at < count && $0 == line[at + 1] { at++ }
    END { exit count < 10 || at < count }' result.txt county.txt
ok $? "the first result is what is printed"
# A block of a file names it in its first line.
awk '/^```/ { file = ""; next } /^# [^ ]*\.(yaml|csv)$/ { file = $2; next } file { print >file }' "$page"
printf 'history: {csv: 历年基金支付.csv}\n' >lines.yaml
status 0 "the table of past years" "$BAOGAN" budget lines.yaml
prints "base 350,000,000.00" "is read in its unit"
grep '^build/baogan ' "$page" >commands
[ "$(wc -l <commands)" -ge 8 ]
ok $? "README.zh.md has commands"
while read -r command; do
    case $command in *--ask*) continue ;; esac # asks; tests/cli/ask.sh answers
    status 0 "$command" sh -c "\"\$BAOGAN\" $(echo "$command" | sed 's/^build.baogan //; s/^run /run --no-charts /')"
    cat stdout >>printed
    cat stderr >>warned
done <commands
! grep -q "apply" warned
ok $? "a rule that says how its bands are read is not asked how"
for figure in 45,710 46,581 61.0% 50.1% 43,424.5 1,097.04 -1,618.46 -647.384 971.076; do
    grep -qF -- "$figure" printed
    ok $? "and the figure $figure"
done
finish
