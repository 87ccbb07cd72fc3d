#!/usr/bin/env bash
# Runs the suites named (sqlite, postgres, servers, journeys), all of them even when one fails.
# Ends with 1 when one failed, with 3 when one could not run (with CI set that is a failure too).
set -uo pipefail
cd "$(dirname "$0")/.."
python=.venv/bin/python
unset DATABASE_URL INTAKE_URL
unset PYTHONDONTWRITEBYTECODE # or each command of a journey compiles the project anew
failed=() not_run=()

# pytest has an exit code 3 of its own; here 3 means «could not run».
tests() { "$@" || return 1; }

sqlite() {
    local result=0
    tests $python -m pytest -q -n 2 --cov --cov-report=json:coverage.json || result=1
    tests $python scripts/coverage_gate.py coverage.json || result=1
    return $result
}
postgres() {
    scripts/need.sh postgres && tests scripts/postgres.sh $python -m pytest -q -n 2
}
servers() {
    scripts/need.sh nginx caddy && tests $python -m pytest -q tests/servers
}
journeys() {
    scripts/need.sh chromium fonts && tests $python -m pytest -q tests/journeys || return
    scripts/need.sh postgres &&
        tests scripts/postgres.sh $python -m pytest -q tests/journeys -m postgres_too
}

for suite in "$@"; do
    printf '\n== %s\n' "$suite"
    started=$SECONDS
    "$suite"
    case $? in
        0) ;;
        3) not_run+=("$suite") ;;
        *) failed+=("$suite") ;;
    esac
    printf '== %s: %s giây\n' "$suite" $((SECONDS - started))
done

[ ${#not_run[@]} = 0 ] || printf '\nKHÔNG CHẠY ĐƯỢC (%s): %s\n' ${#not_run[@]} "${not_run[*]}"
[ ${#failed[@]} = 0 ] || { printf '\nKHÔNG ĐẠT: %s\n' "${failed[*]}"; exit 1; }
[ ${#not_run[@]} = 0 ] || { [ -z "${CI:-}" ] && exit 3 || exit 1; }
printf '\nĐẠT: %s\n' "$*"
