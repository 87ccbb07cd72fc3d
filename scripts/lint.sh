#!/usr/bin/env bash
# Every linter, all of them even when one finds something; ends with 1 then.
set -uo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin
failed=()

look() {
    local name=$1 out
    shift
    if out=$("$@" 2>&1); then
        printf '  ✓ %s\n' "$name"
    else
        printf '  ✗ %s\n%s\n' "$name" "$out"
        failed+=("$name")
    fi
}

django() { scripts/scratch.sh "$bin/python" -m django "$@"; }
# The database checks (triggers of the journal) need a database that stands.
database() {
    scripts/scratch.sh bash -ec "$bin/python -m django migrate --skip-checks -v 0
        $bin/python -m django check --database default --fail-level WARNING"
}
types() { scripts/scratch.sh "$bin/mypy" guong/core guong/sentinel guong/*/actions.py guong/*/actions; }

look "ruff check" "$bin/ruff" check --quiet .
look "ruff format" "$bin/ruff" format --check --quiet .
look "djlint" "$bin/djlint" --lint --quiet guong
look "mypy" types
look "lint-imports" "$bin/lint-imports" --no-cache
look "makemigrations --check" django makemigrations --check --dry-run
look "check" django check --deploy --fail-level WARNING
look "check --database" database
look "liên kết trong tài liệu" "$bin/python" scripts/check_links.py
look "giấy phép" "$bin/python" scripts/licences.py --quiet

[ ${#failed[@]} = 0 ] || { printf 'Soát mã: %s chưa đạt.\n' "${failed[*]}"; exit 1; }
