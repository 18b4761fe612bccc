#!/bin/sh
# Compiles the command for arm64 and sees that under qemu it writes the bytes that it writes here.
#
# Debian's arm64 libraries are unpacked under build/arm64/root, found there by package lists of their own:
# the machine's packages stay of one architecture. Environment: BAOGAN, the command of this machine.
set -u

root=$(cd "$(dirname "$0")/../.." && pwd)
baogan=${BAOGAN:-$root/build/baogan}
work=$root/build/arm64
system=$work/root
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$root" || exit 1
# Those of a make that this is run by are for its own build.
unset MAKEFLAGS MFLAGS BUILD CC CFLAGS SANITIZE

skip() {
    echo "ok 1 - the command for arm64 # SKIP $1"
    exit 0
}
command -v apt-get >"$scratch/log" || skip "this machine has no apt-get to fetch the libraries with"
[ "$(uname -m)" != aarch64 ] || skip "this machine is one"

check() {
    name=$1
    shift
    if "$@" >"$scratch/log" 2>&1; then
        echo "ok - $name"
    else
        echo "not ok - $name"
        tail -n 20 "$scratch/log" | sed 's/^/# /'
    fi
}

# apt-get of an arm64 machine on which nothing is installed.
apt_arm64() {
    mkdir -p "$work/apt/lists/partial" "$work/apt/archives/partial"
    : >"$work/apt/status"
    apt-get -q -y -o APT::Architecture=arm64 -o APT::Architectures::=arm64 -o APT::Sandbox::User= \
        -o Debug::NoLocking=1 -o Acquire::Languages=none -o Dir::State="$work/apt" \
        -o Dir::State::status="$work/apt/status" -o Dir::Cache="$work/apt" "$@"
}
# The libraries to build with, all that they need, and the run-time library of OpenMP.
unpack_libraries() {
    wanted="$(.ci/packages --list build | tr ' ' '\n' | grep -- '-dev$' | tr '\n' ' ')libgomp1"
    [ "$(cat "$work/unpacked" 2>/dev/null)" = "$wanted" ] && return
    rm -rf "$work/unpacked" "$system"
    # shellcheck disable=SC2086 # a list of words
    apt_arm64 update &&
        apt_arm64 install --no-install-recommends --download-only $wanted || return 1
    for package in "$work"/apt/archives/*.deb; do
        dpkg-deb -x "$package" "$system" || return 1
    done
    echo "$wanted" >"$work/unpacked"
}
compile() {
    make -s -j"$(nproc)" CC="aarch64-linux-gnu-gcc --sysroot=$system" CFLAGS=-O2 BUILD=build/arm64 \
        build/arm64/baogan
}
on_arm64() { qemu-aarch64 -L "$system" "$work/baogan" "$@"; }

# same VERB ARGUMENT…: both machines write the same files, but for the account of the run itself.
same() {
    rm -rf "$scratch/here" "$scratch/there"
    "$baogan" "$@" --quiet --out "$scratch/here" && on_arm64 "$@" --quiet --out "$scratch/there" &&
        [ -n "$(find "$scratch/here" -type f ! -name run.json)" ] &&
        diff -r -x run.json "$scratch/here" "$scratch/there"
}

check "the libraries for arm64 are unpacked" unpack_libraries
check "the tree compiles for arm64" compile
check "the self-test passes" on_arm64 selftest
check "a county's files are the same, with every future" same run scenarios/county.yaml --no-charts \
    --keep-draws --set simulation.replications=1000
check "benefits, measures and incidents make the same files" same run tests/arm64/changes.yaml --no-charts \
    --keep-draws --set simulation.replications=1000
check "a pooling area's files are the same" same run scenarios/area.yaml --no-charts \
    --set simulation.replications=500
check "the files of a run by line are the same" same run scenarios/workload_w.yaml --no-charts \
    --set simulation.noise=line --set simulation.replications=1000
check "a sweep's rows are the same" same sweep scenarios/studies/growth.yaml \
    --set simulation.replications=100
