#!/usr/bin/env bash
# A Django command on a scratch home, for the linters.
set -euo pipefail
cd "$(dirname "$0")/.."
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
GUONG_HOME="$home" SECRET_KEY=for-linters-only-$RANDOM$RANDOM$RANDOM GUONG_HTTP=1 \
  DJANGO_SETTINGS_MODULE=config.settings.office .venv/bin/python -m django "$@"
