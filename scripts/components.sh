#!/usr/bin/env bash
# What the tests need besides Python packages: a browser, Chinese fonts, PostgreSQL, nginx; for "faults" also libfaketime.
set -u
missing=()
if [ "${1:-}" = faults ]; then
  ls /usr/lib/*/faketime/libfaketime.so.1 >/dev/null 2>&1 || missing+=(libfaketime)
fi
command -v chromium >/dev/null || missing+=(chromium)
command -v nginx >/dev/null || [ -x /usr/sbin/nginx ] || missing+=(nginx-light)
fc-list 2>/dev/null | grep -q 'Noto Sans CJK' || missing+=(fonts-noto-cjk)
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
[ ${#missing[@]} -eq 0 ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing ${missing[*]} …"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}" fontconfig >/dev/null && exit 0
fi
echo "Missing: ${missing[*]}. Get them with: apt-get install ${missing[*]} fontconfig"
[ "${CI:-}" = true ] && exit 1
echo "The tests that need them will be skipped."
