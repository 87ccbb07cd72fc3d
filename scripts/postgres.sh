#!/usr/bin/env bash
# Runs a command against a private PostgreSQL cluster that is gone afterwards.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
dir=$(mktemp -d /tmp/guong-pg-XXXXXX)
chmod 755 "$dir"
as() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
[ "$(id -u)" = 0 ] && chown postgres "$dir"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
stop() {
  (cd / && as "$bin/pg_ctl" -D "$dir/data" -m immediate stop >/dev/null 2>&1) || true
  rm -rf "$dir"
}
trap stop EXIT
cd /
as "$bin/initdb" -D "$dir/data" -U guong -A trust -E UTF8 --no-locale >/dev/null
as "$bin/pg_ctl" -D "$dir/data" -w -l "$dir/log" -o \
  "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$dir -c fsync=off -c full_page_writes=off -c synchronous_commit=off" \
  start >/dev/null
as "$bin/createdb" -h 127.0.0.1 -p "$port" -U guong guong
cd - >/dev/null
DATABASE_URL="postgres://guong@127.0.0.1:$port/guong" "$@"
