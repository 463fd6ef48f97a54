#!/usr/bin/env bash
# Run the tests with every newer Python found on this machine; say which were not found.
set -euo pipefail
cd "$(dirname "$0")/.."
for version in 3.12 3.13 3.14; do
  python=python$version
  # A shim of pyenv may stand for an interpreter that is not installed.
  if ! "$python" -c '' 2>/dev/null; then
    echo "$python: not found, skipped"
    continue
  fi
  work=$(mktemp -d)
  "$python" -m venv "$work/env"
  "$work/env/bin/python" -m pip install --quiet --disable-pip-version-check -e ".[dev]"
  "$work/env/bin/python" -m pytest -q -n auto -p no:cacheprovider "$@"
  rm -rf "$work"
  echo "$python: passed"
done
