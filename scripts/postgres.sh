#!/usr/bin/env bash
# Runs a command against a private PostgreSQL cluster that is gone afterwards: postgres.sh COMMAND …
set -euo pipefail

bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
place=$(mktemp -d "${TMPDIR:-/tmp}/guong-postgres-XXXXXX")
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')

# PostgreSQL refuses to run as root.
if [ "$(id -u)" = 0 ]; then
    chown postgres "$place"
    server() { (cd "$place" && runuser -u postgres -- "$@"); }
else
    server() { (cd "$place" && "$@"); }
fi

stop() {
    server "$bin/pg_ctl" -D "$place/data" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$place"
}
trap stop EXIT

# Whatever is in it is thrown away, so nothing waits for the disk.
quick="-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60"
server "$bin/initdb" -D "$place/data" -U guong -A trust -E UTF8 --locale=C >/dev/null
server "$bin/pg_ctl" -D "$place/data" -l "$place/log" -w start \
    -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$place $quick" >/dev/null ||
    { cat "$place/log" >&2; exit 1; }
server "$bin/createdb" -h 127.0.0.1 -p "$port" -U guong guong

DATABASE_URL="postgres://guong@127.0.0.1:$port/guong" "$@"
