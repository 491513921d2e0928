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
