#!/usr/bin/env bash
# What the shared library shows and holds, and what the program takes from it.
#
#   symbols.sh exports LIBRARY HEADER    exactly the functions that the header marks COPYDESK_API are visible
#   symbols.sh state LIBRARY             no variable that can change: every engine is independent
#   symbols.sh program LIBRARY PROGRAM   the program links the shared library and only its visible functions
set -euo pipefail
export LC_ALL=C

# Weak symbols of C++ (_ZSt, _ZNSt ...) come with templates of its library in debug builds; they are not ours to hide.
visible() {
    nm -D --defined-only "$1" | awk '!($2 == "W" && $3 ~ /^_ZN?K?St/) { print $3 }' | sed 's/@.*//' | sort -u
}

# Every line of $1 is a breach; $2 says what is wrong with it.
report() {
    [ -z "$1" ] || { sed "s/\$/: $2/" <<<"$1"; return 1; }
}

exports() {
    local declared
    declared=$(grep -v '^#' "$2" | tr '\n' ' ' | grep -o 'COPYDESK_API [^(;]*(' | grep -o '[a-z_0-9]*($' | tr -d '(' | sort -u)
    [ -n "$declared" ] || { echo "no COPYDESK_API function found in $2"; return 1; }
    local rc=0
    report "$(comm -23 <(visible "$1") <(echo "$declared"))" "is visible and not declared in the header" || rc=1
    report "$(comm -13 <(visible "$1") <(echo "$declared"))" "is declared and not in the library" || rc=1
    return $rc
}

# Variables in .data and .bss. Not ours: those of the compiler's start-up code and run-time checks, and of C++ (_Z...).
# Allowed: allocations_left, through which tests let the n-th allocation fail.
state() {
    local found
    found=$(objdump -t "$1" | awk '($4 == ".data" || $4 == ".bss") && $3 ~ /O/ { print $NF }' |
        grep -Ev '^(_Z|DW\.ref\.|__cpu_|__dso_handle|__TMC_END__|completed\.|allocations_left$|__asan|__tsan|__ubsan|___asan|\.L)' || true)
    report "$found" "is a variable that lives outside an engine"
}

program() {
    local rc=0
    readelf -d "$2" | grep -q 'NEEDED.*\[libcopydesk\.so' || { echo "$2 does not link libcopydesk"; rc=1; }
    report "$(nm --defined-only "$2" | awk '{ print $3 }' | grep '^copydesk_' || true)" "is linked into the program" || rc=1
    local used
    used=$(nm -D --undefined-only "$2" | awk '{ print $2 }' | sed 's/@.*//' | grep '^copydesk_' | sort -u || true)
    [ -n "$used" ] || { echo "$2 uses no function of libcopydesk"; return 1; }
    report "$(comm -23 <(echo "$used") <(visible "$1"))" "is used by the program and not visible" || rc=1
    return $rc
}

check=$1
shift
case $check in
    exports | state | program) "$check" "$@" ;;
    *) echo "symbols.sh: no such check: $check" >&2; exit 2 ;;
esac
