#!/usr/bin/env bash
# Build the wheel, install it into an empty environment, and use it from a folder that has no plans.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python=${PYTHON:-python3}
"$python" -m venv "$work/env"
"$work/env/bin/python" -m pip wheel --quiet --no-deps --wheel-dir "$work" .
"$work/env/bin/python" -m pip install --quiet "$work"/*.whl
cd "$work"
"$work/env/bin/kehoach" tasks --agency "Sở Y tế" --direct --format json >out.json 2>talk.txt
grep -q "kế hoạch đi kèm" talk.txt
"$work/env/bin/kehoach" templates check
"$work/env/bin/kehoach" report --year 2026 --plan kh-176 -o reports 2>/dev/null
"$work/env/bin/kehoach" check-docx reports
"$work/env/bin/kehoach" schema -o schemas 2>/dev/null
diff -r schemas "$("$work/env/bin/python" -c 'import kehoach_cli; print(kehoach_cli.__path__[0])')/_data/schemas"
"$work/env/bin/python" -c '
import json
rows = json.load(open("out.json", encoding="utf-8"))["items"]
assert [row["ref"] for row in rows][:2] == ["kh-176/PL2.III.1", "kh-176/PL2.III.2"], rows
print(f"wheel: {len(rows)} tasks from the built-in plans")
'
