#!/usr/bin/env bash
# The demo province on this machine: made on the first start, then everything up until Ctrl+C.
set -euo pipefail
cd "$(dirname "$0")/.."
export GUONG_HOME="${GUONG_HOME:-$PWD/var-demo}" GUONG_HTTP=1
if [ ! -e "$GUONG_HOME/.env" ]; then
  .venv/bin/guong init
  .venv/bin/guong demo-data
fi
exec .venv/bin/guong run
