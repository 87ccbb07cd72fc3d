#!/usr/bin/env bash
# Every linter, all of them even when one finds something; ends with 1 then.
set -uo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin
told=$(mktemp -d)
trap 'rm -rf "$told"' EXIT
names=() running=() failed=()

# All at once, told in their order: some of them wait for the disk, some for one processor.
look() {
    names+=("$1")
    "${@:2}" >"$told/${#names[@]}" 2>&1 &
    running+=($!)
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

for at in "${!names[@]}"; do
    if wait "${running[at]}"; then
        printf '  ✓ %s\n' "${names[at]}"
    else
        printf '  ✗ %s\n%s\n' "${names[at]}" "$(cat "$told/$((at + 1))")"
        failed+=("${names[at]}")
    fi
done
[ ${#failed[@]} = 0 ] || { printf 'Soát mã: %s chưa đạt.\n' "${failed[*]}"; exit 1; }
