#!/usr/bin/env bash
# Gets the programs that the filter is tested inside (tests/hosts): a stream processor built from Go modules, and a Python
# environment with data pipelines. Says what it could not get, and succeeds all the same: those tests are skipped then.
#
#   hosts.sh FOLDER
set -uo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../hosts" && pwd)
mkdir -p "$1"
cd "$1" || exit 2
folder=$PWD

go=$(command -v go || command -v /usr/local/go/bin/go || true)
if [ -x stream ]; then
    echo 'the stream processor is there'
elif [ -n "$go" ] && (cd "$here/benthos" && "$go" build -trimpath -buildvcs=false -o "$folder/stream" .) >go.log 2>&1; then
    echo 'the stream processor is built'
else
    echo "SKIPPED the stream processor: $([ -n "$go" ] && echo "it cannot be built, see $folder/go.log" || echo 'no go')"
fi

if [ ! -x venv/bin/python ] && ! python3 -m venv venv >venv.log 2>&1; then
    echo "SKIPPED the data pipelines: no venv, see $folder/venv.log"
    exit 0
fi
while read -r package; do
    name=${package%%[^a-z]*}
    if venv/bin/python -c "import $name" 2>/dev/null || venv/bin/python -m pip install --quiet "$package" >pip.log 2>&1; then
        echo "$name is there"
    else
        echo "SKIPPED $name: it cannot be installed, see $folder/pip.log"
    fi
done <"$here/requirements.txt"
exit 0
