#!/bin/sh
# Runs the commands in tests/golden/NAME/cmd and compares what they print, and their exit code, with the files beside it.
#
#     run.sh PROGRAM [--update] [NAME...]
#
# A case is a folder with `cmd` (a shell script), `stdout`, `stderr` and `exit`; a missing file means nothing printed, or
# exit code 0. The script runs in an empty folder in which `fixtures` leads to the fixtures of this project and `input` to
# the small ones in tests/golden/input, so paths in messages are the same everywhere; `copydesk` is the program,
# `example` what is built from tests/example.c, `ids` prints the ids of the JSON lines that it reads, `reasons` what goes
# and why, of verdicts. Files that a command is to write it prints with `cat`.
#
# With --update the files are written anew: look at the difference before it is kept. Output is TAP.
set -u

[ $# -ge 1 ] || { echo "usage: run.sh PROGRAM [--update] [NAME...]" >&2; exit 2; }
program=$(realpath "$1") || exit 2
shift
update=no
if [ "${1-}" = --update ]; then
    update=yes
    shift
fi
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT
trap 'exit 2' INT TERM

mkdir "$scratch/bin"
ln -s "$program" "$scratch/bin/copydesk"
ln -s "$(dirname "$program")/tests/example" "$scratch/bin/example"
cat >"$scratch/bin/ids" <<'SH'
#!/bin/sh
exec sed 's/^{"id": *"\([^"]*\)".*/\1/'
SH
cat >"$scratch/bin/reasons" <<'SH'
#!/bin/sh
exec sed -n 's/^{"id":"\([^"]*\)".*"rule":"\([^"]*\)".*"of":"\([^"]*\)".*"kept_because":"\([^"]*\)".*/\1: \2 of \3: \4/p'
SH
chmod +x "$scratch/bin/ids" "$scratch/bin/reasons"
if [ $# -eq 0 ]; then
    set -- $(cd "$here" && find . -name cmd | sed 's|^\./||; s|/cmd$||' | LC_ALL=C sort)
fi

# What the case expects: the content of a file, or nothing.
expected() {
    if [ -f "$1" ]; then cat "$1"; else printf '%s' "$2"; fi
}

# Writes $2 from $1, or removes it when there is nothing to say.
keep() {
    if [ -s "$1" ]; then cp "$1" "$2"; else rm -f "$2"; fi
}

number=0
failed=0
echo "1..$#"
for name; do
    number=$((number + 1))
    case_folder=$here/$name
    work=$scratch/$number
    mkdir -p "$work/run" "$work/tmp"
    ln -s "$root/fixtures" "$work/run/fixtures"
    ln -s "$here/input" "$work/run/input"
    (
        cd "$work/run" || exit 99
        env -u NO_COLOR -u TMPDIR LC_ALL=C TERM=dumb TMPDIR="$work/tmp" PATH="$scratch/bin:$PATH" \
            sh "$case_folder/cmd" </dev/null >"$work/stdout" 2>"$work/stderr"
    )
    echo $? >"$work/exit"
    # Nothing may be left in the folder of temporary files.
    ls -A "$work/tmp" >"$work/left"
    if [ "$update" = yes ]; then
        keep "$work/stdout" "$case_folder/stdout"
        keep "$work/stderr" "$case_folder/stderr"
        cp "$work/exit" "$case_folder/exit"
    fi
    ok=yes
    for part in stdout stderr exit; do
        default=
        [ $part = exit ] && default='0
'
        expected "$case_folder/$part" "$default" >"$work/expected"
        if ! cmp -s "$work/expected" "$work/$part"; then
            ok=no
            diff -u --label "$name/$part" "$work/expected" --label "this run" "$work/$part" | sed 's/^/# /'
        fi
    done
    if [ -s "$work/left" ]; then
        ok=no
        sed 's/^/# left behind: /' "$work/left"
    fi
    if [ $ok = yes ]; then
        echo "ok $number - $name"
    else
        echo "not ok $number - $name"
        failed=$((failed + 1))
    fi
done
[ $failed -eq 0 ]
