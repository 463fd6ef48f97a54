#!/usr/bin/env bash
# Run tests with the oldest versions of the direct dependencies that pyproject.toml allows. Arguments go to pytest (default: those
# quick tests that meet a library: files, tables, forms, Word). Needs uv, on the PATH or where run.py puts it.
set -euo pipefail
cd "$(dirname "$0")/.."
uv=$(command -v uv || true)
[ -n "$uv" ] || uv=.bootstrap/bin/uv
[ -x "$uv" ] || { echo "lowest dependencies: no uv, skipped"; exit 0; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export UV_PYTHON_DOWNLOADS=never UV_SYSTEM_CERTS=1
"$uv" venv --quiet --python "${PYTHON:-python3}" "$work/env"
VIRTUAL_ENV=$work/env "$uv" pip install --quiet --resolution lowest-direct -e ".[dev]"
if [ $# -eq 0 ]; then set -- -m "not slow" tests/store/schema tests/render tests/word tests/cli/test_init.py tests/cli/test_collect.py; fi
"$work/env/bin/python" -m pytest -q -n auto -p no:cacheprovider "$@"
echo "lowest dependencies: passed"
