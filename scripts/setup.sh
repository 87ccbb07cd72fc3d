#!/usr/bin/env bash
# Makes .venv and installs the hashed requirements (base or dev) and our package.
set -euo pipefail
cd "$(dirname "$0")/.."

python=$(command -v python3.11 || command -v python3 || true)
[ -n "$python" ] || { echo "Thiếu Python 3.11." >&2; exit 3; }
"$python" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' ||
    { echo "Cần Python 3.11; máy này có $("$python" --version)." >&2; exit 3; }

if [ ! -x .venv/bin/pip ]; then
    # Debian keeps the module that makes environments in a package of its own.
    "$python" -c 'import ensurepip' 2>/dev/null || scripts/need.sh venv
    "$python" -m venv .venv
fi

pip() { .venv/bin/python -m pip --quiet --disable-pip-version-check "$@"; }
echo "Cài các thư viện ($1) …"
# Everything is in the list already; older pip stumbles over extras when it looks for dependencies.
pip install --require-hashes --no-deps -r "requirements/$1.txt"
# No isolation and no index: setuptools is among the requirements, nothing else is asked for.
pip install --no-deps --no-build-isolation --no-index --editable .
