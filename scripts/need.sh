#!/usr/bin/env bash
# Installs what a target needs with apt when root; otherwise names it and stops with 3.
set -euo pipefail
have() {
  case "$1" in
    postgres) ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 ;;
    chromium) command -v chromium >/dev/null ;;
  esac
}
case "$1" in
  postgres) packages=(postgresql) ;;
  chromium) packages=(chromium fonts-noto-core) ;;
  *) echo "unknown: $1" >&2; exit 2 ;;
esac
have "$1" && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Cài ${packages[*]} …"
  DEBIAN_FRONTEND=noninteractive apt-get install -qy "${packages[@]}" >/dev/null 2>&1 || {
    apt-get update -q >/dev/null
    DEBIAN_FRONTEND=noninteractive apt-get install -qy "${packages[@]}" >/dev/null
  }
fi
have "$1" || { echo "CHƯA CHẠY: thiếu ${packages[*]} (cài bằng apt với quyền root)." >&2; exit 3; }
