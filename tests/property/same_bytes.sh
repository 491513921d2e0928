#!/usr/bin/env bash
# The same input and options give the same bytes: for any number of threads, any instruction set, any memory limit, and for
# input packed with gzip or zstd. Runs over fixtures/ and over a made corpus with planted copies.
#
#   same_bytes.sh PROGRAM
set -euo pipefail

program=$(realpath "$1")
root=$(cd "$(dirname "$0")/../.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export TMPDIR=$scratch PYTHONDONTWRITEBYTECODE=1

python3 "$root/tests/bench/make_corpus.py" "$root/fixtures" "$scratch" 3 2>/dev/null
cd "$scratch"
cp -r "$root/fixtures" fixtures
inputs=(corpus.jsonl fixtures/wire.jsonl fixtures/archive.csv fixtures/crawl.wet fixtures/damaged.jsonl fixtures/notes)
failed=0

# run FOLDER OPTIONS...: all outputs into a folder.
run() {
    local to=$1
    shift
    mkdir -p "$to"
    "$program" clean "${inputs[@]}" -q -o "$to/clean" --rejects "$to/rejects" --verdicts "$to/verdicts" --pairs "$to/pairs" "$@"
}

same() {
    if diff -rq expected "$1" >&2; then
        echo "ok     $2"
    else
        echo "FAILED $2"
        failed=1
    fi
}

run expected -j 1
[ "$(wc -l <expected/verdicts)" -gt 700 ] || { echo "too few verdicts to prove anything"; exit 1; }
grep -q '"exact-duplicate"' expected/verdicts || { echo "no copy was found, so nothing is proved"; exit 1; }
ways=("-j 1" "-j 2" "-j 7" "-j 3 --memory 64M" "--cpu portable")
for level in avx2 avx512; do
    # A processor without it has nothing to compare.
    if grep -qw "${level/avx512/avx512_vbmi2}" /proc/cpuinfo; then ways+=("--cpu $level"); else echo "skipped $level"; fi
done
for options in "${ways[@]}"; do
    # shellcheck disable=SC2086 # several words on purpose
    run got $options
    same got "$options"
    rm -r got
done

# Packed input: names in the verdicts differ, so only what is kept is compared.
gzip -k corpus.jsonl
zstd -q corpus.jsonl
inputs=(corpus.jsonl)
run plain -j 2
for packed in corpus.jsonl.gz corpus.jsonl.zst; do
    inputs=("$packed")
    run got -j 2
    if cmp plain/clean got/clean && cmp plain/pairs got/pairs; then echo "ok     $packed"; else failed=1; fi
    rm -r got
done
exit $failed
