#!/usr/bin/env bash
# Makes a virtual environment with the programs that peers.py compares copydesk with, outside the repository. A peer that
# cannot be installed is named and left out.
#
#   peers_setup.sh [FOLDER]      default: $XDG_CACHE_HOME/copydesk-peers or ~/.cache/copydesk-peers
set -uo pipefail

venv=${1:-${XDG_CACHE_HOME:-$HOME/.cache}/copydesk-peers}
[ -x "$venv/bin/pip" ] || python3 -m venv "$venv" || exit 2

# Package, module that shows that it is there, and what else it needs to run.
while read -r package module more; do
    if "$venv/bin/python" -c "import $module" 2>/dev/null; then
        echo "there: $package"
    elif "$venv/bin/pip" install --quiet --disable-pip-version-check "$package" $more >&2 &&
        "$venv/bin/python" -c "import $module" 2>/dev/null; then
        echo "installed: $package"
    else
        echo "not installed, will be left out: $package"
    fi
done <<'PEERS'
datasketch datasketch
rensa rensa
gaoya gaoya
text-dedup text_dedup setuptools<81
datatrove datatrove spacy orjson nltk regex
PEERS
echo "$venv"
