#!/bin/sh
# The pictures of a run: all there, of the right kind, in the chosen language, and drawn again by hand.
# Environment: BAOGAN, the command to test.
set -u

root=$(cd "$(dirname "$0")/../.." && pwd)
baogan=${BAOGAN:-$root/build/baogan}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1

# check NAME COMMAND…: one line of the report.
check() {
    name=$1
    shift
    if "$@" >check.log 2>&1; then
        echo "ok - $name"
    else
        echo "not ok - $name"
        sed 's/^/# /' check.log
    fi
}

cat >two.yaml <<'END'
title: {en: "Two schemes, and a name with & < ' marks", zh: 两个险种的“包干”县}
history:
  2022: {residents.total: 510M, employees.total: 210M}
  2023: {residents.total: 540M, employees.total: 220M}
  2024: {residents.total: 560M, employees.total: 240M}
simulation: {years: 3, replications: 500}
END

run() { GNUTERM=no-such-terminal "$baogan" run two.yaml --quiet --lang "$1" --out "$1"; }
check "a run in English ends well" run en
check "a run in Chinese ends well" run zh

starts_with() { [ "$(od -An -tx1 -N"$3" "$1" | tr -d ' \n')" = "$2" ]; }
is_png() { starts_with "$1" 89504e470d0a1a0a 8 && [ "$(wc -c <"$1")" -gt 10000 ]; }
is_svg() {
    grep -q '<svg' "$1" && tail -n 2 "$1" | grep -q '</svg>' && [ "$(wc -c <"$1")" -gt 5000 ]
}
has_text() { grep -q "$2" "$1"; }
# 宋 of the font's name would not do: text between tags.
has_chinese_text() { sed -n 's/.*<text>\(.*\)<\/text>.*/\1/p' "$1" | grep -q "$2"; }
lacks_chinese_text() { ! has_chinese_text "$1" '[^ -~–▶◀…]'; }

for unit in residents employees all; do
    for chart in expense funds cash surplus parties; do
        for language in en zh; do
            file=$language/charts/$chart-$unit
            check "$file.png is a picture" is_png "$file.png"
            check "$file.svg is a picture" is_svg "$file.svg"
        done
        check "en/charts/$chart-$unit.svg has its title" has_text "en/charts/$chart-$unit.svg" \
            'a name with &amp; &lt; '
        check "zh/charts/$chart-$unit.svg has Chinese text" \
            has_chinese_text "zh/charts/$chart-$unit.svg" '两个险种的“包干”县'
        check "en/charts/$chart-$unit.svg has none" lacks_chinese_text "en/charts/$chart-$unit.svg"
    done
done
check "expense is drawn in 万元, as is the report" has_chinese_text zh/charts/expense-all.svg '万元/年'
check "nothing unfinished is left" [ -z "$(find en zh -name '*.tmp*')" ]

by_hand() {
    gnuplot -e "dir='zh'; lang='en'; unit='residents'; term='svg'; out='hand.svg'" \
        "$root/plots/expense.gp" && is_svg hand.svg
}
check "a script draws by hand from the run directory" by_hand

# What measures cost is in the cash of who pays it, and the caption says so.
cat >paid.yaml <<'END'
extends: two.yaml
measures: {doctors: {lines: residents.*, from: 2025-01, cases: -1%, outlay: {amount: 1M, payer: community}}}
END
check "a run with an outlay ends well" "$baogan" run paid.yaml --quiet --no-charts --out paid
caption() { # UNIT LANGUAGE
    gnuplot -e "dir='paid'; lang='$2'; unit='$1'; term='svg'; out='cash.svg'" "$root/plots/cash.gp"
}
names_outlay() { caption "$1" "$2" && grep -q "$3" cash.svg; }
lacks_outlay() { caption "$1" en && grep -q 'fund payments\|payments in the county' cash.svg && ! grep -q outlays cash.svg; }
check "the caption of the cash chart names an outlay" names_outlay residents en 'and outlays for measures since January'
check "of all schemes, too" names_outlay all en 'and outlays for measures'
check "in Chinese" names_outlay residents zh '及措施投入，清算前'
check "and of who pays none says nothing" lacks_outlay employees

dumb() {
    "$baogan" run two.yaml --quiet --lang en --chart dumb --out dumb >dumb.txt 2>dumb.err &&
        grep -q 'Expense and budget' dumb.txt && grep -q 'Balance before sharing' dumb.txt
}
check "--chart dumb draws in the terminal" dumb

# A PATH without gnuplot: the command is named by its path.
missing() {
    mkdir -p bin && PATH=$scratch/bin "$baogan" run two.yaml --out missing >missing.txt 2>missing.err &&
        [ "$(grep -c 'gnuplot was not found' missing.err)" = 1 ] && [ -s missing/result.json ] &&
        [ -s missing/charts/data/expense-all.csv ]
}
check "a run without gnuplot keeps its results and warns once" missing

# Names that a shell, gnuplot or a format string would trip over.
odd="it's %s <run> \`id\` \$(id)"
odd_name() { "$baogan" run two.yaml --quiet --out "$odd" && is_png "$odd/charts/cash-all.png"; }
check "a run directory may have an odd name" odd_name

# within_seconds N COMMAND…: looks for so long whether the command succeeds.
within_seconds() {
    tries=$(($1 * 10))
    shift
    until "$@"; do
        tries=$((tries - 1))
        [ $tries -gt 0 ] || return 1
        sleep 0.1
    done
}
# An ended process has no command line.
gone() { ! tr '\0' ' ' <"/proc/$1/cmdline" 2>/dev/null | grep -q 'sleep 300'; }
# A gnuplot that hangs, and has started something itself.
stopped() {
    mkdir -p hanging && : >started
    printf '#!/bin/sh\nsleep 300 &\necho $! >>"%s"\nwait\n' "$scratch/started" >hanging/gnuplot
    chmod +x hanging/gnuplot
    PATH=$scratch/hanging:$PATH "$baogan" run two.yaml --quiet --out stopped >stopped.txt 2>&1 &
    run=$!
    within_seconds 30 test -s started
    kill -TERM $run
    wait $run
    [ $? -eq 130 ] && [ -s started ] || return 1
    while read -r id; do
        within_seconds 5 gone "$id" || return 1
    done <started
}
check "a run that is stopped leaves no gnuplot behind" stopped
