#!/usr/bin/env bash
# The demo province on this machine: made on the first start, then everything up until Ctrl+C.
set -euo pipefail
cd "$(dirname "$0")/.."
export GUONG_HOME=${GUONG_HOME:-$PWD/var-demo} GUONG_HTTP=1
guong=.venv/bin/guong
unfinished=$GUONG_HOME/first-start-unfinished

if [ -e "$unfinished" ]; then
    echo "Lần khởi động đầu bị ngắt giữa chừng; làm lại từ đầu."
    rm -rf "$GUONG_HOME"
fi
if [ ! -e "$GUONG_HOME/.env" ]; then
    mkdir -p "$GUONG_HOME"
    [ -z "$(ls -A "$GUONG_HOME")" ] || { echo "$GUONG_HOME không trống và không phải chỗ chứa." >&2; exit 1; }
    touch "$unfinished"
    "$guong" init
    "$guong" demo-data  # ends with the accounts and their passwords
    rm "$unfinished"
fi
exec "$guong" run
