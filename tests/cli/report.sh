#!/bin/sh
# The report as one HTML file: of a scenario, of what a run left, of what another version left.
# shellcheck source=support
. "$(dirname "$0")/support"
cd "$work" || exit 1
cp "$root/scenarios/three_numbers.yaml" three.yaml
few="--set simulation.replications=1000 --set simulation.years=2"
# shellcheck disable=SC2086 # several words
report() { "$BAOGAN" report $few "$@"; }

# well_formed FILE NAME: elements are closed in order, nothing is fetched, no script.
well_formed() {
    python3 - "$1" <<'P'
import html.parser, sys
VOID = {"meta", "img", "br"}
class Page(html.parser.HTMLParser):
    open, bad = [], []
    def handle_starttag(self, tag, attributes):
        if tag not in VOID:
            self.open.append(tag)
        self.bad += [tag] * (tag in {"script", "link", "iframe", "object", "a", "form"})
        self.bad += [value[:40] for name, value in attributes
                     if name.startswith("on") or name in {"src", "href"} and not value.startswith("data:")]
    def handle_startendtag(self, tag, attributes):
        pass
    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.bad.append("/" + tag)
page = Page()
page.feed(open(sys.argv[1], encoding="utf-8").read())
if page.bad or page.open:
    sys.exit(f"{page.bad} {page.open}")
P
    ok $? "$2"
}

status 0 "a report of a scenario" report --no-charts --lang zh three.yaml
says "three-report.html" "says where it is"
well_formed three-report.html "the file is well formed and fetches nothing"
grep -q '<html lang="zh-CN">' three-report.html
ok $? "it says its language"
[ -z "$(find . -name '*partial*' -o -name '*.tmp*')" ]
ok $? "nothing temporary is left"
cp three-report.html before.html
status 4 "a second one" report --no-charts three.yaml
cmp -s before.html three-report.html
ok $? "is refused, and nothing is overwritten"
status 0 "another name" report --no-charts --lang zh --out again.html three.yaml
cmp -s before.html again.html
ok $? "has the same bytes"

# shellcheck disable=SC2086
"$BAOGAN" run $few --quiet --lang zh --out run three.yaml >/dev/null 2>&1
status 0 "a report of a directory" "$BAOGAN" report --quiet run
[ "$(grep -c 'data:image/svg' run-report.html)" -eq 6 ]
ok $? "has its charts inside"
well_formed run-report.html "the file is well formed and fetches nothing"
sed 's/<div class="charts">//; s/<figure.*//; s/^<\/div>//' run-report.html | tr -d '\n' >left
sed 's/<div class="charts">//; s/^<\/div>//' before.html | tr -d '\n' >right
cmp -s left right
ok $? "and says what that of the scenario says"
status 2 "a directory with --set" "$BAOGAN" report --set budget.growth=1% --out x.html run
[ ! -e x.html ]
ok $? "is refused"

status 0 "a brief of it" "$BAOGAN" report --brief --no-charts --author 'A & B' --date 2026-01-05 run
well_formed run-brief.html "is well formed"
grep -q '编制单位：A &amp; B　编制日期：2026-01-05' run-brief.html
ok $? "names who prepared it and when"
grep -q '三、主要数字' run-brief.html && ! grep -q 'demand.volatility.persistence' run-brief.html
ok $? "is in the language of the run, and brief"
grep -q 'baogan report three.yaml --brief --lang zh --set simulation.replications=1000' run-brief.html
ok $? "has the line that repeats it"
sha=$(sed -n 's/.*"sha256": "\(.*\)".*/\1/p' run/run.json)
grep -q "SHA-256：$sha" run-brief.html
ok $? "and the hash of run.json"
for file in run-brief.html run-report.html; do
    python3 "$root/tests/support/report_numbers.py" $file run/result.json
    ok $? "every number of $file is that of result.json"
done
status 2 "a verdict that falls" report --verdict 50%:20% --out x.html three.yaml
says "two chances that rise" "is refused"
status 2 "a verdict of one limit" report --verdict 50% --out x.html three.yaml
[ ! -e x.html ]
ok $? "and nothing is written"

# Chromium is told apart by PATH: there is none, one that fails, one that prints.
mkdir bin
PATH=$work/bin status 0 "no Chromium" "$BAOGAN" report --pdf --brief --no-charts --out pdf.html run
says "Chromium" "is said"
[ -s pdf.html ] && [ ! -e pdf.pdf ]
ok $? "and the HTML is there"
printf '#!/bin/sh\nexit 1\n' >bin/chromium
chmod +x bin/chromium
PATH=$work/bin:$PATH status 0 "one that fails" "$BAOGAN" report --pdf --brief --no-charts --out fails.html run
[ -s fails.html ] && [ ! -e fails.pdf ]
ok $? "leaves the HTML"
cat >bin/chromium <<'P'
#!/bin/sh
for word in "$@"; do
    case $word in
    --print-to-pdf=*) out=${word#--print-to-pdf=} ;;
    file://*) page=$word ;;
    esac
done
echo "$page" >"$out"
P
PATH=$work/bin:$PATH status 0 "one that prints" "$BAOGAN" report --pdf --brief --no-charts --out 'a b.html' run
grep -q 'file:///.*/a%20b.html' 'a b.pdf'
ok $? "is given the address of the HTML"
[ -z "$(find . -name '*printing*')" ]
ok $? "and leaves nothing else"
PATH=$work/bin:$PATH status 4 "a PDF that is there" "$BAOGAN" report --pdf --brief --no-charts --out 'a b.html' run

cp -r run old
sed 's/"replications": 1000/"replications": 999/' run/result.json >old/result.json
status 0 "what this version does not come to" "$BAOGAN" report --lang en old
grep -q "Shown as it was left" old-report.html && grep -q "<pre>" old-report.html
ok $? "is shown as it is"
[ "$(grep -c 'data:image/svg' old-report.html)" -ge 4 ]
ok $? "with its charts"
well_formed old-report.html "the file is well formed and fetches nothing"
mkdir none
status 3 "a directory of something else" "$BAOGAN" report none
says "no results of a run" "is refused"
status 0 "a file of an area" report --lang zh --out area.html "$root/scenarios/area.yaml"
well_formed area.html "is well formed"
grep -q '<h1>' area.html && grep -q '统筹基金' area.html
ok $? "and has the pool"
status 2 "a brief of an area" report --brief --out x.html "$root/scenarios/area.yaml"
says "of a community's own file" "says what there is instead"

long=$(printf '%010000d' 0)
for title in '"<script>alert(1)</script>"' "'\"><img src=x onerror=alert(1)>'" '"a\n</style>&amp;"' "$long"; do
    rm -f three-report.html
    status 0 "a title that looks like markup, or is long" report --no-charts --set "title=$title" three.yaml
    well_formed three-report.html "does no harm"
done
finish
