#!/bin/sh
# The reforms that were reported: every scenario is explained, warns of nothing that is not said, and the figures of the
# table in scenarios/README.md are those that the commands beside them give, here with a tenth of the futures.
# shellcheck source=support
. "$(dirname "$0")/support"
page=$root/scenarios/README.md
reforms=$root/scenarios/reforms
cd "$work" || exit 1

# The rows of the figures: scenario, command, expression and value, with tabs between.
tab=$(printf '\t')
sed -n '/^## Where each figure/,$p' "$page" | sed -n 's/\\|/\x01/g; s/^| \([a-z0-9_]*\) | `\(.*\)` | `\(.*\)` | \(.*\) |$/\1\t\2\t\3\t\4/p' |
    tr '\001' '|' >figures.tsv
sed '/^## Where each figure/,$d' "$page" >told.md

# Figures that the table of a page does not tell.
untold() { # PAGE
    awk -F "$tab" 'NR == FNR { split($0, link, /[][]/); row[link[2]] = $0; next }
        !index(row[$1], $4) { print $1, $4 }' "$1" figures.tsv
}
[ "$(wc -l <figures.tsv)" -gt 80 ] && [ -z "$(untold told.md)" ]
ok $? "what figures there are the table tells $(untold told.md)"
chinese=$root/scenarios/README.zh.md
[ -z "$(untold "$chinese")" ]
ok $? "the Chinese table tells them too $(untold "$chinese")"

status 0 "all are valid" "$BAOGAN" check "$reforms"/*.yaml
for file in "$reforms"/*.yaml; do
    name=$(basename "$file" .yaml)
    grep -q "^| \[$name\](reforms/$name.yaml) | " told.md && grep -q "^$name$tab" figures.tsv
    ok $? "$name is in the table, with figures"
    grep -q "^| \[$name\](reforms/$name.yaml) | " "$chinese"
    ok $? "$name is in the Chinese table"
    sed -n "s,^warning: [^ ]*/$name\.yaml[^ ]* \([^ ]*\):.*,\1,p" stderr | sort -u >warned.txt
    sed -n 's/^# Warning, meant: \([^ ]*\)[,:].*/\1/p' "$file" | sort -u | cmp -s - warned.txt
    ok $? "what is warned of is meant, and nothing else is said to be $(cat warned.txt)"
    grep -q "^#   baogan run scenarios/reforms/$name.yaml" "$file" && grep -q "^title: {en: .*, zh: .*}" "$file"
    ok $? "it says how to run it, and has its title in both languages"
done

# What a command of the table writes, as one document: of an area one entry a community.
document() { # COMMAND
    rm -rf out
    eval "set -- $1"
    verb=$1
    case "$verb $*" in
    run*) set -- "$@" --no-check --out "$work/out" --set simulation.replications=1000 ;;
    compare*) set -- "$@" --out "$work/out" --set simulation.replications=1000 ;;
    solve*--vary*--vary*) set -- "$@" --out "$work/out" ;;
    esac
    if [ "$verb" = solve ]; then set -- "$@" --json; fi
    got=0
    (cd "$reforms" && exec "$BAOGAN" "$@" --no-charts --quiet) >answer.json 2>messages.txt || got=$?
    [ "$got" -eq 0 ]
    ok $? "$1 ${2#../}"
    for made in out/result.json out/comparison.json; do
        if [ -e "$made" ]; then mv "$made" answer.json; fi
    done
    if [ -d out/communities ]; then
        jq -n '[inputs | {(input_filename | split("/")[-2]): .}] | add' out/communities/*/result.json >answer.json
    fi
}

# A figure of the page is met within its margin and that of fewer futures, which is the larger.
cat >compare.awk <<'END'
BEGIN { FS = "\t" }
{
    text = $4
    gsub(/,/, "", text)
    sub(/−/, "-", text)
    split(text, part, " ±")
    digits = index(part[1], ".") ? length(part[1]) - index(part[1], ".") : 0
    half = 0.5 * 10 ^ -digits
    margin = part[2] + 0
    off = $1 - part[1]
    if (off < 0) off = -off
    fits = $1 != "" && off <= margin + $2 + half && margin <= $2 + half && (margin + half) * 6 >= $2
    printf "%s - %s: %s, and is %s ±%s\n", fits ? "ok" : "not ok", $3, $4, $1, $2
}
END
cut -f 2 figures.tsv | uniq >commands.txt
exec 3<commands.txt
while read -r command <&3; do
    document "$command"
    awk -F "$tab" -v wanted="$command" '$2 == wanted' figures.tsv >rows.tsv
    { echo 'include "figures";' && cut -f 3 rows.tsv | sed 's/.*/((&) | @tsv),/' && echo empty; } >program.jq
    jq -r -L "$reforms" -f program.jq answer.json >values.tsv
    cut -f 1,4 rows.tsv | paste values.tsv - | awk -f compare.awk >compared.txt
    cat compared.txt
    failures=$((failures + $(grep -c '^not ok' compared.txt)))
    [ "$(wc -l <compared.txt)" -eq "$(wc -l <rows.tsv)" ]
    ok $? "each of its figures"
done
finish
