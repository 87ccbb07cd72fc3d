#!/usr/bin/env bash
# Runs a command with a scratch GUONG_HOME that is gone afterwards: scratch.sh COMMAND …
set -euo pipefail
home=$(mktemp -d "${TMPDIR:-/tmp}/guong-scratch-XXXXXX")
trap 'rm -rf "$home"' EXIT
GUONG_HOME="$home" SECRET_KEY="only-for-linters-$(date +%s%N)-$RANDOM$RANDOM$RANDOM$RANDOM$RANDOM$RANDOM" \
    DJANGO_SETTINGS_MODULE=config.settings.office "$@"
