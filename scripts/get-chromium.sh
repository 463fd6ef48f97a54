#!/usr/bin/env bash
# Install Debian's chromium for the tests in a browser, where that may be done; elsewhere they are skipped.
set -euo pipefail
command -v chromium >/dev/null || command -v google-chrome >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  if apt-get update -qq >/dev/null && apt-get install -y -qq --no-install-recommends chromium >/dev/null; then exit 0; fi
fi
echo "chromium: not here and not installed; the tests in a browser are skipped"
