#!/bin/sh
# What lies at the top of the tree, and that .ci/rooms sees what breaks the rules of its rooms.
set -u

root=$(cd "$(dirname "$0")/../.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1

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

# The files of the repository, where there is one; else what is not built.
top_level() {
    if ! git -C "$root" ls-files 2>/dev/null | grep .; then
        (cd "$root" && find . -mindepth 1 -maxdepth 1 ! -name build ! -name out | cut -c3-)
    fi | cut -d/ -f1 | sort -u
}
nothing_stray() {
    stray=$(top_level | grep -vxE 'include|plots|scenarios|sim|tests|Makefile|README(\.zh)?\.md|LICENSE|CHANGELOG\.md|CONTRIBUTING\.md|\..*')
    [ -z "$stray" ] || { echo "$stray" && return 1; }
}
check "the top level holds the folders and the customary files, nothing else" nothing_stray

rooms() { "$root/.ci/rooms" "$@"; }
check "the rooms of this tree keep the rules" rooms

# planted FILE LINE [FILE LINE]…: a copy of the tree with these lines at the ends of these files.
planted() {
    rm -rf copy
    mkdir copy
    cp -R "$root/sim" "$root/include" copy
    while [ $# -gt 0 ]; do
        mkdir -p "$(dirname "copy/$1")"
        printf '%s\n' "$2" >>"copy/$1"
        shift 2
    done
}
accepted() { planted "$@" && rooms copy; }
# refused WHAT FILE LINE…: the check of such a copy fails and says WHAT.
refused() {
    what=$1
    shift
    planted "$@"
    ! rooms copy >said 2>&1 && cat said && grep -qF -- "$what" said
}
unneeded() { planted && rm copy/sim/base/process.c && ! rooms copy >said 2>&1 && grep -q "nothing needs" said; }

check "an include against the order is refused" \
    refused "scenario -> demand" sim/scenario/node.c '#include "demand/level.h"'
check "so is one of a public header" refused "base -> rules" sim/base/csv.h '#include <baogan/budget.h>'
check "so is one between rooms of the same line" \
    refused "settlement -> demand" sim/settlement/plan.c '#include "demand/level.h"'
check "so is one of the header that brings all" \
    refused "study -> command" sim/study/axis.c '#include <baogan/baogan.h>'
check "so is the use of what another header brings along" \
    refused "scenario -> rules" sim/scenario/node.c 'static bg_budget_terms *planted;'
check "so is a room that is not in the order" refused "sim/attic: no room" sim/attic/attic.h '/* old things */'
check "so are headers that include each other" \
    refused "circle of headers: sim/base/csv.h, sim/base/gb18030.h" sim/base/gb18030.h '#include "base/csv.h"'
check "so are source files that call each other" \
    refused "circle of sim/base: csv, storage" \
    sim/base/storage.c 'void bg_planted(void) { bg_planted_too(); }' \
    sim/base/csv.c 'void bg_planted_too(void) { bg_planted(); }'
check "so is a name that two rooms give to different things" \
    refused "bg_planted is of rules and store" sim/rules/persons.h 'typedef int bg_planted;' \
    sim/store/chunk.h 'typedef long bg_planted;'
check "so is printing below the command" \
    refused "sim/rules/pool.c prints" sim/rules/pool.c 'static void planted(void) { puts("here"); }'
check "so is another program, started past base/process" \
    refused "sim/chart/chart.c starts" sim/chart/chart.c 'static int planted(void) { return system("ls"); }'
check "so is an exception that nothing needs" unneeded
check "what stands in comments and texts is not" \
    accepted sim/rules/pool.c '/* puts(bg_model) */ static const char planted[] = "exit(1) getenv(2)";'
