#!/usr/bin/env bash
# Makes sure that what is named is installed: with apt when root, else says what is missing, exit 3.
set -euo pipefail

have() {
    case "$1" in
        venv) python3 -c 'import ensurepip' 2>/dev/null ;;
        postgres) ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 ;;
        chromium) command -v chromium >/dev/null ;;
        nginx) [ -x /usr/sbin/nginx ] ;;
        caddy) command -v caddy >/dev/null ;;
        wrk) command -v wrk >/dev/null ;;
        fonts) [ -d /usr/share/fonts/truetype/noto ] ;;
        *) echo "need.sh: $1?" >&2; exit 2 ;;
    esac
}

declare -A packages=([venv]=python3-venv [postgres]=postgresql [chromium]=chromium [fonts]=fonts-noto-core
    [nginx]=nginx-light [caddy]=caddy [wrk]=wrk)

for what in "$@"; do
    have "$what" && continue
    package=${packages[$what]}
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Cài $package …"
        export DEBIAN_FRONTEND=noninteractive
        apt-get install -qy --no-install-recommends "$package" >/dev/null 2>&1 ||
            { apt-get update -q >/dev/null && apt-get install -qy --no-install-recommends "$package" >/dev/null; } ||
            true
    fi
    have "$what" || { echo "Thiếu $package: cài bằng apt với quyền root." >&2; exit 3; }
done
