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
[ "$(grep -c 'data:image/svg' run-report.html)" -eq 4 ]
ok $? "has its charts inside"
well_formed run-report.html "the file is well formed and fetches nothing"
sed 's/<div class="charts">//; s/<figure>.*//; s/^<\/div>//' run-report.html | tr -d '\n' >left
sed 's/<div class="charts">//; s/^<\/div>//' before.html | tr -d '\n' >right
cmp -s left right
ok $? "and says what that of the scenario says"
status 2 "a directory with --set" "$BAOGAN" report --set budget.growth=1% --out x.html run
[ ! -e x.html ]
ok $? "is refused"

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
status 3 "a file of an area" "$BAOGAN" report "$root/scenarios/area.yaml"
says "communities/NAME" "says what to report instead"

long=$(printf '%010000d' 0)
for title in '"<script>alert(1)</script>"' "'\"><img src=x onerror=alert(1)>'" '"a\n</style>&amp;"' "$long"; do
    rm -f three-report.html
    status 0 "a title that looks like markup, or is long" report --no-charts --set "title=$title" three.yaml
    well_formed three-report.html "does no harm"
done
finish
