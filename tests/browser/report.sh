#!/bin/sh
# Reports in Debian's Chromium and as PDF: of one scheme and two, in both languages, of an area, of a title that means harm.
# The checks of the page are npm packages (package-lock.json), installed below build/.
# shellcheck source=../cli/support
. "$(dirname "$0")/../cli/support"
modules=${BROWSER_MODULES:?a directory for the npm packages}
mkdir -p "$modules"
cp "$here"/package.json "$here"/package-lock.json "$here"/report.mjs "$modules"
if ! cmp -s "$here/package-lock.json" "$modules/installed"; then
    (cd "$modules" && npm ci --silent --no-audit --no-fund) || exit 1
    cp "$here/package-lock.json" "$modules/installed"
fi
cd "$work" || exit 1
cp -r "$root/scenarios" .
report() { "$BAOGAN" report --quiet "$@"; }

for language in en zh; do
    for scenario in three_numbers county; do
        status 0 "the brief of $scenario in $language" report --brief --pdf --lang $language \
            --out brief-$scenario-$language.html scenarios/$scenario.yaml
    done
    status 0 "the report in $language" report --pdf --lang $language --out full-$language.html scenarios/county.yaml
done
status 0 "the report of an area" report --pdf --lang zh --out area.html scenarios/area.yaml
printf 'extends: scenarios/county.yaml\ntitle: {zh: 风险调剂金1%%}\nbudget: {funds: {risk: {rate: 1%%}}}\n' >lower.yaml
printf 'extends: scenarios/county.yaml\ntitle: {zh: 增长8%%}\nbudget: {growth: {2026: 8%%}}\n' >higher.yaml
status 0 "variants side by side" "$BAOGAN" compare --quiet --lang zh --set simulation.replications=2000 \
    --report variants.html scenarios/county.yaml lower.yaml higher.yaml
long=$(printf '%010000d' 0)
status 0 "a title that means harm" report --no-charts --out harm.html \
    --set "title='</title><script>alert(1)</script>$long'" scenarios/three_numbers.yaml

# The answer, with its verdict, is read as Chinese, in fonts that are in the file, on two pages.
for scenario in three_numbers county; do
    pdf=brief-$scenario-zh.pdf
    pdftotext "$pdf" words
    grep -q '超支风险' words && grep -q '要定的事' words && grep -q '超支可能性' words
    ok $? "the text of $pdf can be selected"
    for language in en zh; do
        [ "$(pdfinfo "brief-$scenario-$language.pdf" | sed -n 's/^Pages: *//p')" -eq 2 ]
        ok $? "the brief of $scenario in $language has two pages"
    done
done
for pdf in *.pdf; do
    pdffonts "$pdf" | awk 'NR > 2 && $(NF - 4) != "yes" { bad = 1 } END { exit bad || NR < 3 }'
    ok $? "the fonts of $pdf are in it"
    pdfinfo "$pdf" | grep -q 'A4'
    ok $? "$pdf is of A4"
done

(cd "$modules" && node report.mjs "$work"/*.html)
ok $? "pages are valid, readable by everyone, complete, and ask for nothing"
finish
