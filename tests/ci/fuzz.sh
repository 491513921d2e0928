#!/usr/bin/env bash
# Runs every libFuzzer target of a build for some seconds, beginning with the corpus in tests/fuzz and the fixtures of its
# format. New inputs go to a temporary folder. A crashing input is left in the current folder, where libFuzzer says.
#
#   fuzz.sh BUILD SECONDS
set -euo pipefail

build=$1
seconds=$2
here=$(cd "$(dirname "$0")/.." && pwd)
fixtures=$here/../fixtures
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

ran=0
failed=0
for target in "$build"/tests/fuzz_*; do
    [ -f "$target" ] && [ -x "$target" ] || continue
    name=$(basename "$target")
    seeds=("$scratch/$name")
    mkdir "$scratch/$name" "$scratch/$name-seeds"
    if [ -d "$here/fuzz/corpus/${name#fuzz_}" ]; then seeds+=("$here/fuzz/corpus/${name#fuzz_}"); fi
    case ${name#fuzz_} in
        csv) cp "$fixtures"/*.[ct]sv "$scratch/$name-seeds" ;;
        annotate | filter | jsonl) cp "$fixtures"/damaged.jsonl "$scratch/$name-seeds" ;;
        wet) cp "$fixtures"/*.wet "$scratch/$name-seeds" ;;
        *) cp "$fixtures"/notes/*.txt "$scratch/$name-seeds" ;;
    esac
    seeds+=("$scratch/$name-seeds")
    ran=$((ran + 1))
    if "$target" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=3000 -print_final_stats=0 -verbosity=0 \
        "${seeds[@]}" >"$scratch/log" 2>&1; then
        echo "ok   $name"
    else
        failed=$((failed + 1))
        tail -n 60 "$scratch/log"
        echo "FAIL $name"
    fi
done
[ "$ran" -gt 0 ] || { echo "fuzz.sh: no fuzz target in $build" >&2; exit 2; }
[ "$failed" -eq 0 ]
