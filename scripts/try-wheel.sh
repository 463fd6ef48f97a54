#!/usr/bin/env bash
# Build the sdist, the wheel from it, check both as a package index would, and use the wheel in an empty environment.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python=${PYTHON:-python3}
"$python" -m venv "$work/tools"
"$work/tools/bin/python" -m pip install --quiet --disable-pip-version-check "build==1.6.1" "twine==7.0.0"
# The wheel is made from the unpacked sdist, so that nothing the wheel needs can be missing there.
"$work/tools/bin/python" -m build --outdir "$work/dist" . >"$work/build.log" 2>&1 || { cat "$work/build.log"; exit 1; }
"$work/tools/bin/twine" check --strict "$work"/dist/*
version=$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' src/kehoach_cli/__init__.py)
ls "$work/dist/kehoach_cli-$version.tar.gz" "$work/dist/kehoach_cli-$version-py3-none-any.whl" >/dev/null

"$python" -m venv "$work/env"
"$work/env/bin/python" -m pip install --quiet --disable-pip-version-check "$work"/dist/*.whl
kehoach=$work/env/bin/kehoach
mkdir "$work/elsewhere"
cd "$work/elsewhere"
[ "$("$kehoach" --version)" = "kehoach $version" ]
"$kehoach" tasks --agency "Sở Y tế" --direct --format json >out.json 2>talk.txt
grep -q "kế hoạch đi kèm" talk.txt
"$kehoach" templates check
"$kehoach" schema -o schemas 2>/dev/null
diff -r schemas "$("$work/env/bin/python" -c 'import kehoach_cli; print(kehoach_cli.__path__[0])')/_data/schemas"
"$work/env/bin/python" -c '
import json
rows = json.load(open("out.json", encoding="utf-8"))["items"]
assert [row["ref"] for row in rows][:2] == ["kh-176/PL2.III.1", "kh-176/PL2.III.2"], rows
print(f"wheel: {len(rows)} tasks from the built-in plans")
'
# A new workspace needs the starter files and the report templates, which only a whole wheel has.
"$kehoach" init mau --year 2026 --province thanh-hoa 2>/dev/null
cd mau
"$kehoach" lint --strict
"$kehoach" form --all --year 2026 2>/dev/null
"$kehoach" report --year 2026 2>/dev/null
"$kehoach" check-docx reports/2026/bao-cao-kh-mau-2026.docx
"$kehoach" site -o trang 2>/dev/null
test -s trang/index.html
