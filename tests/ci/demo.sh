#!/usr/bin/env bash
# Shows copydesk at work on the articles in fixtures/. Each command is printed, then run; an exit code that is not the
# expected one fails the demo.
#
#   demo.sh PROGRAM
set -euo pipefail

program=$(realpath "$1")
cd "$(dirname "$0")/../.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# show EXPECTED_EXIT ARGUMENTS...
show() {
    local expected=$1 code=0
    shift
    printf '\n$ copydesk %s\n\n' "${*//$scratch\//}"
    "$program" "$@" || code=$?
    [ "$code" -eq "$expected" ] || { echo "demo.sh: exit code $code, expected $expected" >&2; exit 1; }
}

echo "Is this corpus fit to be used? A build would stop here: exit code 1."
show 1 check fixtures/wire.jsonl --max duplicates=1%

echo
echo "Write what is worth keeping, cleaned, out of JSON lines, CSV, WET and text files, and the rest with its reason."
show 0 clean fixtures/wire.jsonl fixtures/archive.csv fixtures/crawl.wet fixtures/damaged.jsonl fixtures/notes \
    -o "$scratch/clean.jsonl" --rejects "$scratch/rejects.jsonl" --verdicts "$scratch/verdicts.jsonl"

echo
echo "What was cut from this one?"
show 0 explain fixtures/wire.jsonl --id glue-talks

echo
echo "What was damaged here?"
show 0 explain fixtures/wire.jsonl --id html-2

echo
echo "Whose title is this?"
show 0 explain fixtures/wire.jsonl --id tmis-owl

echo
echo "Why was this one dropped?"
show 0 explain fixtures/wire.jsonl --id cont-ferry
