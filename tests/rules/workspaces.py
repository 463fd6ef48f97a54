"""Small valid files, and workspaces made of them and an example of a rule."""

import re
import textwrap
from dataclasses import dataclass
from pathlib import Path

from kehoach_cli.core.model.finding import Finding
from kehoach_cli.rules.engine import Selection, lint
from kehoach_cli.store.files.git import OldFile
from kehoach_cli.store.files.git_changes import ChangedFiles
from kehoach_cli.store.workspace.lint import LintScope, source_files
from kehoach_cli.store.workspace.paths import Root
from kehoach_cli.store.workspace.settings import Settings

PLAN = """
kehoach: plan/1
id: kh-mau
province: mau
document:
  type: KH
  number: 1/KH-UBND
  date: 2022-01-10
  issuer: ubnd-tinh
  title: Bảo vệ môi trường
  cite: Kế hoạch số 1/KH-UBND ngày 10/01/2022
period: {from: 2022, to: 2030}
coordinator: so-a
reporting:
  - {level: unit, from: [so-b], to: [so-a], due: trước ngày 15/12 hằng năm, source: I}
sections:
  - {id: I, title: NHIỆM VỤ}
tasks:
  - id: I.1
    kind: task
    text: Kiểm tra việc xử lý nước thải.
    lead: [so-a]
    schedule: 2022 - 2025
indicators:
  - {id: I-ct9, name: Tỷ lệ hộ được dùng nước sạch, unit: "%", lead: [so-a], direction: increase, targets: {2025: "95"}}
"""
REGISTRY = """
kehoach: registry/1
province: mau
name: Mẫu
agencies:
  - {id: ubnd-tinh, name: UBND tỉnh Mẫu, kind: ubnd}
  - {id: so-a, name: Sở Tài nguyên, kind: so}
  - {id: so-b, name: Sở Y tế, kind: so}
  - {id: so-cu, name: Sở Cũ, kind: so, valid: {to: 2025-02-28}, successors: [{id: so-b, from: 2025-03-01}]}
  - {id: so-mat, name: Sở Đã Giải thể, kind: so, valid: {to: 2025-02-28}}
  - id: so-tach
    name: Sở Chia tách
    kind: so
    valid: {to: 2025-02-28}
    successors: [{id: so-a, from: 2025-03-01, scope: đất đai}, {id: so-b, from: 2025-03-01, scope: khám bệnh}]
groups:
  - {id: nhom-so, name: "Các sở, ban, ngành", members: [so-a, so-b]}
  - {id: nhom-lien-quan, name: các đơn vị liên quan, open: true}
"""
PROGRESS = """
kehoach: progress/1
plan: kh-mau
agency: so-a
year: 2025
cutoff: 2025-12-14
tasks:
  I.1: {status: in_progress}
"""
SOURCE = """
kehoach: source/1
plan: kh-mau
document: {file: kh-mau.docx, kind: docx, sha256: 3b64db95cb55c763391c707108489ae18b4112d783300de38e033b4c98c3deaf}
"""
LOCK = """
kehoach: lock/1
period: "2022"
plans:
  kh-mau:
    as_of: "2022-12-14"
    time: "2023-01-10T08:00:00+07:00"
    run: "1f3c9a04b7de"
    submissions: []
    files: []
    assessment: '{"indicators":[],"tasks":[]}'
"""
FILES = {
    "plan": "plans/kh-mau.yaml",
    "registry": "plans/agencies/mau.yaml",
    "progress": "progress/2025/kh-mau--so-a.yaml",
    "source": "plans/sources/kh-mau.yaml",
    "lock": "progress/2022/lock.yaml",
}
# The plan that examples of submissions are about has a row that a second agency supports, and a target in two parts.
ASKED_PLAN = PLAN.replace(
    "indicators:\n",
    """
  - {id: I.2, kind: task, text: Lấy mẫu nước giếng., lead: [so-a], support: [so-b], schedule: đến hết năm 2025}
indicators:
  - {id: I-ct8, name: Tỷ lệ thu gom rác, unit: "%", direction: increase, lead: [so-a], targets: {2025: {xã: "8", phường: "9"}}}
""".lstrip("\n"),
)
BASES = {"plan": PLAN, "registry": REGISTRY, "progress": PROGRESS, "lock": LOCK, "source": SOURCE}


@dataclass(frozen=True)
class Laid:
    """An example completed with a base: the text, and the places its carets point at (1-based)."""

    text: str
    carets: tuple[tuple[int, int], ...]


def lay_over(example: str, kind: str) -> Laid:
    """Return the example with the top-level keys of the base that it leaves out; a caret points at the line above."""
    text = textwrap.dedent(example).strip("\n")
    own = set(re.findall(r"^([\w-]+):", text, re.MULTILINE))
    blocks = re.split(r"^(?=[\w-]+:)", BASES[kind].strip("\n") + "\n", flags=re.MULTILINE)
    rest = "".join(block for block in blocks if block and block.partition(":")[0] not in own)
    rest = "" if text.startswith("- ") else rest
    # A file begins with its key `kehoach`, so the keys of the base come first.
    lines = (rest + text + "\n").splitlines()
    carets = tuple(
        (number - 1, line.index("^") + 1) for number, line in enumerate(lines, 1) if re.fullmatch(r"#\s*\^\s*", line)
    )
    return Laid("\n".join(lines) + "\n", carets)


def file_of(kind: str, text: str) -> str:
    """Return the name of an example's file: the one it asks for ("# tệp: progress/2025/kh-mau--so-a.yaml"), or that of its kind.

    A submission of another agency than the base's is in a file that names none.
    """
    if asked := re.search(r"^# tệp: (\S+)$", text, re.MULTILINE):
        return asked[1]
    agency = re.search(r"^agency: (?!so-a$)", text, re.MULTILINE) if kind == "progress" else None
    return "progress/2025/kh-mau.yaml" if agency else FILES[kind]


def write(folder: Path, kind: str, text: str) -> None:
    """Write a workspace of the base files, with `text` as the file of its kind."""
    for name, base in BASES.items():
        if name == "source" and kind != name:
            continue
        if name in {"progress", "lock"} and kind not in {"progress", "lock"}:
            continue
        path = folder / file_of(name, text if name == kind else "")
        path.parent.mkdir(parents=True, exist_ok=True)
        own = ASKED_PLAN if (name, kind) == ("plan", "progress") else base
        path.write_text(text if name == kind else own.lstrip("\n"), encoding="utf-8", newline="")


def linted(
    folder: Path, kind: str, text: str, selection: Selection | None = None, older: str | None = None
) -> list[Finding]:
    """Return the findings of a whole workspace made of the base files and `text`; `older` is what that file held before."""
    write(folder, kind, text)
    scope = None if older is None else LintScope(changed=changed_from({folder / FILES[kind]: older.encode()}))
    found = source_files(Root(folder), Settings(), scope)
    return [finding for document in found for finding in lint(document, selection or Selection())]


def changed_from(old: dict[Path, bytes | None]) -> ChangedFiles:
    """Return files as git says that they changed: with what they held, None for a new file."""
    held = {path.resolve(): OldFile(data) for path, data in old.items() if data is not None}
    return ChangedFiles("HEAD", frozenset(path.resolve() for path in old), held)
