#!/usr/bin/env bash
# Installs the Debian packages that a job needs, through sudo when not root. Says nothing and does nothing when all are
# there, and when this is no Debian system: then meson names the library that is missing.
#
#   packages.sh [build|test|ci|format|bench]... (default: build)
set -euo pipefail

build=(gcc g++ make meson ninja-build pkg-config libsimdjson-dev libxxhash-dev libuchardet-dev libutf8proc-dev
       libisal-dev libzstd-dev libinih-dev liblmdb-dev scdoc)
tests=(libcmocka-dev python3 zstd gzip binutils)
ci=(clang llvm libclang-rt-14-dev git pre-commit fish jq libxml2-utils parallel
    python3-venv zsh chromium fonts-noto-core)
format=(clang-format)
bench=(time python3 python3-venv zstd)

wanted=()
for group in "${@:-build}"; do
    case $group in
        build) wanted+=("${build[@]}") ;;
        test) wanted+=("${build[@]}" "${tests[@]}") ;;
        ci) wanted+=("${build[@]}" "${tests[@]}" "${ci[@]}") ;;
        bench) wanted+=("${build[@]}" "${bench[@]}") ;;
        format) wanted+=("${format[@]}") ;;
        *) echo "packages.sh: no such group: $group; groups are build, test, ci, format, bench" >&2; exit 2 ;;
    esac
done

command -v dpkg-query >/dev/null && command -v apt-get >/dev/null || exit 0
missing=()
for package in "${wanted[@]}"; do
    state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$state" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || {
        echo "packages.sh: these packages are missing: ${missing[*]}; install them as root" >&2
        exit 2
    }
    as_root=(sudo env DEBIAN_FRONTEND=noninteractive)
fi
echo "Installing: ${missing[*]}" >&2
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq >&2
"${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
