#!/usr/bin/env bash
# Installs a build into a temporary folder and uses it from there: the program by itself, and the library in a small C
# program that finds header and library through pkg-config.
#
#   install.sh BUILD
set -euo pipefail

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
DESTDIR=$scratch meson install -C "$1" --no-rebuild --quiet >/dev/null

program=$(find "$scratch" -path '*/bin/copydesk')
found=$("$program" --version)
echo "installed: $found"
case $found in *[0-9].[0-9]*) ;; *) echo "install.sh: --version says: $found" >&2; exit 1 ;; esac

for file in bash-completion/completions/copydesk fish/vendor_completions.d/copydesk.fish zsh/site-functions/_copydesk; do
    [ -s "$(find "$scratch" -path "*/share/$file")" ] || { echo "install.sh: no $file" >&2; exit 1; }
done
if command -v scdoc >/dev/null; then
    for page in man1/copydesk.1 man1/copydesk-check.1 man5/copydesk.ini.5; do
        [ -s "$(find "$scratch" -path "*/$page*")" ] || { echo "install.sh: no manual page $page" >&2; exit 1; }
    done
fi
echo "the manual and the completions are there"

cat >"$scratch/use.c" <<'C'
#include <copydesk.h>
#include <string.h>

int main(void)
{
    struct copydesk_options options;
    copydesk_options_init(&options);
    return strcmp(copydesk_version(), COPYDESK_VERSION) != 0 || copydesk_rule_find("near-duplicate") < 0;
}
C
config=$(find "$scratch" -name copydesk.pc)
export PKG_CONFIG_PATH=${config%/*} PKG_CONFIG_SYSROOT_DIR=$scratch
# shellcheck disable=SC2046 # the flags are several words
${CC:-cc} -o "$scratch/use" "$scratch/use.c" $(pkg-config --cflags --libs copydesk)
library=$(find "$scratch" -name libcopydesk.so)
LD_LIBRARY_PATH=${library%/*} "$scratch/use"
echo "the installed library works"
