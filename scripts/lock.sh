#!/usr/bin/env bash
# Writes requirements/*.txt anew: versions and hashes, no addresses, no lock file kept.
set -euo pipefail
cd "$(dirname "$0")/.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp pyproject.toml README.md LICENSE NOTICE "$scratch"

export_() {
    uv export --quiet --project "$scratch" --no-emit-project --no-header --no-annotate "${@:3}" |
        { echo "# $2 Made by: make lock"; cat; } > "requirements/$1.txt"
}
export_ base "Everything a running office needs, with hashes and without addresses." --no-dev
export_ dev "base.txt and what tests and linters need."
