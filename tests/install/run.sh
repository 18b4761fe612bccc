#!/bin/sh
# Installs into an empty root, builds a program against what is there, and uninstalls again.
# BUILD names the build directory to install from.
set -u

BUILD=${BUILD:-build}
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
prefix=/opt/baogan
at=$root$prefix

check() {
    name=$1
    shift
    if "$@" >"$root/output" 2>&1; then
        echo "ok - $name"
    else
        echo "not ok - $name"
        sed 's/^/# /' "$root/output"
    fi
}
installs() {
    make install BUILD="$BUILD" DESTDIR="$root" PREFIX=$prefix
}
has_every_file() {
    for file in bin/baogan lib/libbaogan.a lib/libbaogan.so lib/pkgconfig/baogan.pc \
        include/baogan/baogan.h share/man/man1/baogan.1 share/man/zh_CN/man1/baogan.1 \
        share/bash-completion/completions/baogan \
        share/baogan/scenarios/county.yaml share/baogan/plots; do
        [ -e "$at/$file" ] || { echo "$file is missing" && return 1; }
    done
}
config() {
    # The package file names the final prefix; the root stands before it.
    PKG_CONFIG_PATH=$at/lib/pkgconfig pkg-config --define-variable=prefix="$at" "$@" baogan
}
# What a program that was built with the library prints is what the command works out of the same file.
scenario=$at/share/baogan/scenarios/three_numbers.yaml
expense=600M
column_of() { head -n 1 "$1" | tr , '\n' | grep -nx "$2" | cut -d: -f1; }
figure() { grep "^residents,2025,$2," "$root/run/$1" | cut -d, -f"$(column_of "$root/run/$1" "$3")"; }
command_works_it_out() {
    printf 'actual: {2025: {residents: {expense: %s}}}\n' $expense >"$root/actual.yaml"
    "$at/bin/baogan" run "$scenario" --quiet --no-charts --out "$root/run" \
        --set simulation.replications=1000 &&
        "$at/bin/baogan" settle "$scenario" --actual "$root/actual.yaml" --json >"$root/settled.json" &&
        {
            figure probabilities.csv overspend estimate
            figure outcomes.csv expense mean
            figure outcomes.csv expense q90
            jq -r '.[0].results | .result_fen, .clearing_fen' "$root/settled.json"
        } >"$root/expected" && [ "$(grep -c '[1-9]' "$root/expected")" = 5 ]
}
# The flags are lists of words.
# shellcheck disable=SC2046
links_shared() {
    gcc -o "$root/shared" tests/install/consumer.c $(config --cflags --libs) &&
        LD_LIBRARY_PATH=$at/lib "$root/shared" "$scenario" $expense | diff "$root/expected" -
}
# shellcheck disable=SC2046
links_static() {
    gcc -o "$root/static" tests/install/consumer.c $(config --cflags) "$at/lib/libbaogan.a" \
        $(config --static --libs | sed 's/-lbaogan//') &&
        "$root/static" "$scenario" $expense | diff "$root/expected" -
}
# Rooms of the command are none of the library's; what it needs is named by the package file alone.
has_its_rooms_only() {
    nm --defined-only "$at/lib/libbaogan.a" >"$root/symbols" &&
        grep -q ' T bg_report_text$' "$root/symbols" &&
        ! grep -E ' T bg_(chart|chunk|verb|run_directory)_' "$root/symbols" &&
        ! ldd "$at/lib/libbaogan.so" | grep -E 'sqlite'
}
header_stands_alone() {
    for header in "$at"/include/baogan/*.h; do
        gcc -std=c17 -Wall -Wextra -Werror -fsyntax-only -I"$at/include" -x c "$header" || return 1
    done
}
one_header_brings_all() {
    for header in "$at"/include/baogan/*.h; do
        name=baogan/$(basename "$header")
        [ "$name" = baogan/baogan.h ] || grep -qF "#include <$name>" "$at/include/baogan/baogan.h" ||
            { echo "$name is missing" && return 1; }
    done
}
command_draws_charts() {
    "$at/bin/baogan" run "$at/share/baogan/scenarios/three_numbers.yaml" --out "$root/out" \
        --set simulation.replications=100 && [ -n "$(find "$root/out" -name '*.svg')" ]
}
manual_is_well_formed() {
    [ "$(head -c 3 "$at/share/man/man1/baogan.1")" = .TH ]
}
completion_completes() {
    bash -c '. "$1" && COMP_WORDS=(baogan che) COMP_CWORD=1 && _baogan && [ "${COMPREPLY[*]}" = check ]' \
        bash "$at/share/bash-completion/completions/baogan"
}
version_agrees() {
    [ "$("$at/bin/baogan" --version | head -n 1)" = "baogan $(config --modversion)" ]
}
uninstalls() {
    make uninstall DESTDIR="$root" PREFIX=$prefix && [ -z "$(find "$at" ! -type d)" ]
}

check "make install works in an empty root" installs
check "every file is where it belongs" has_every_file
check "the installed command works out what the library is to" command_works_it_out
check "a program linked with the shared library gets the same figures" links_shared
check "a program linked with the static library gets the same figures" links_static
check "the library holds the rooms up to the report, and needs no store" has_its_rooms_only
check "each public header compiles by itself" header_stands_alone
check "baogan.h includes every public header" one_header_brings_all
check "the installed command runs an installed scenario and draws its charts" command_draws_charts
check "the manual page is one" manual_is_well_formed
check "bash completes a verb" completion_completes
check "the command and the package file agree on the version" version_agrees
check "make uninstall leaves no file behind" uninstalls
