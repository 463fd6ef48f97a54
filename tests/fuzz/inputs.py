"""Inputs by number: the same number gives the same files and the same command line."""
# ruff: noqa: E501 - tables of words

import contextlib
import html
import io
import json
import random
import re
import shlex
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kehoach_cli.__main__ import run
from kehoach_cli.store.yaml.tree import parse
from tests.conftest import REPOSITORY
from tests.fuzz import mutate
from tests.rules.workspaces import FILES, PLAN, PROGRESS, REGISTRY, SOURCE

Files = dict[str, bytes]
SETTINGS = """\
strict_before = true
province = "mau"

[lint]
ignore = ["K107"]
severity = {K209 = "info", K301 = "off"}

[report.kh-mau]
issuer = ["SỞ TÀI NGUYÊN"]
parent = "UBND TỈNH MẪU"
place = "Mẫu"
number = 12
date = 2025-12-20
signer = "Nguyễn Văn A"
authority = ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]
recipients = ["Như trên", "Lưu: VT"]
"""
_MORE = """\
indicators:
  I-ct9: {value: "96,5", source: Báo cáo 1}
funding:
  - {source: Ngân sách, planned: "1,5", unit: tỷ}
narrative:
  strengths: Đã làm tốt.
"""


@dataclass(frozen=True)
class Case:
    """One input: the files of a workspace (as they are to be written) and the command line."""

    kind: str
    number: int
    files: Files
    arguments: tuple[str, ...]
    # Variables for a process of its own.
    environment: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return how to get it again."""
        return f"python -m tests.fuzz --kind {self.kind} --only {self.number}"


@cache
def small() -> Files:
    """Return a small workspace with everything in it."""
    report = PROGRESS.lstrip("\n") + _MORE
    return {
        "kehoach.toml": SETTINGS.encode(),
        FILES["plan"]: PLAN.lstrip("\n").encode(),
        FILES["registry"]: REGISTRY.lstrip("\n").encode(),
        FILES["progress"]: report.encode(),
    }


_AMENDMENT = """\
kehoach: amendment/1
amends: kh-mau
document: {number: 9/QĐ-UBND, date: 2024-03-01, cite: Quyết định số 9/QĐ-UBND ngày 01/3/2024}
effective: 2024-03-10
changes:
  - {op: replace, at: I.1/schedule, from: "2022 - 2025", to: "2022 - 2027", clause: khoản 1 Điều 1}
  - {op: add, at: I.2, after: I.1, row: {text: Xây trạm đo., kind: programme, lead: [so-b], schedule: 2024 - 2026}}
  - {op: repeal, at: I-ct9, clause: khoản 2 Điều 1}
"""
_LEGAL = """\
kehoach: legal/1
replaced:
  - document: {number: 77/2015/QH13, date: 2015-06-19, title: Luật Tổ chức chính quyền địa phương}
    replaced_by: {number: 72/2025/QH15, date: 2025-06-16, title: Luật Tổ chức chính quyền địa phương}
    from: 2025-06-16
    source: Nghị quyết số 1673/NQ-UBTVQH15
    certain: true
"""


@cache
def amended() -> Files:
    """Return a small workspace with an amendment, a register of replaced documents and the record of a source."""
    plan = (
        small()[FILES["plan"]]
        .decode()
        .replace("  cite:", "  basis: [{number: 77/2015/QH13, date: 2015-06-19}]\n  cite:")
    )
    more = {"plans/amendments/qd-9.yaml": _AMENDMENT, "plans/legal.yaml": _LEGAL, FILES["source"]: SOURCE.lstrip("\n")}
    return small() | {FILES["plan"]: plan.encode()} | {name: text.encode() for name, text in more.items()}


@cache
def real(number: int) -> Files:
    """Return a workspace with one real plan, cut down to a few of its rows, its registries and its progress files."""
    plans = sorted((REPOSITORY / "plans").glob("*.yaml"))
    path = plans[number % len(plans)]
    files = {f"plans/{path.name}": _excerpt(random.Random(number), path.read_text(encoding="utf-8")).encode()}
    for registry in (REPOSITORY / "plans" / "agencies").glob("*.yaml"):
        files[f"plans/agencies/{registry.name}"] = registry.read_bytes()
    for report in (REPOSITORY / "examples" / "progress").glob("*/*.yaml"):
        files[f"progress/2025/{report.name}"] = report.read_bytes()
    return files


def _excerpt(chance: random.Random, text: str) -> str:
    """Return a plan with its head and a few of the rows of each list."""
    head, *blocks = re.split(r"^(?=\w+:)", text, flags=re.MULTILINE)
    kept = [head]
    for block in blocks:
        rows = re.split(r"^(?=  - )", block, flags=re.MULTILINE)
        name = block.partition(":")[0]
        if name in {"tasks", "indicators"} and len(rows) > 8:
            rows = [rows[0], *(rows[at] for at in sorted(chance.sample(range(1, len(rows)), 7)))]
        kept.append("".join(rows))
    return "".join(kept)


def cases(kind: str, count: int, start: int = 0) -> Iterator[Case]:
    """Yield `count` inputs of a kind."""
    for number in range(start, start + count):
        yield KINDS[kind](random.Random(f"{kind} {number}"), number)


# Command lines that read a whole workspace, and those that read one of its files.
_READING = tuple(
    tuple(shlex.split(line))
    for line in """\
plans
plans -f json
tasks
tasks -a so-a -f json
tasks -a 'Sở Y tế' -f csv
tasks --overdue --as-of 2026-01-01 -f md
tasks --search nước --year 2025
indicators
indicators -f json
agencies
agencies 'Sở Cũ'
agencies -f csv
show I.1
show I-ct9 -f json
check --explain
check -f json
check -f junit
check --by agency
check --period 2025-Q3
history I.1
summary --period 2025
summary --by section --period 2025-Q3 -f json
remind --period 2025 -f json
check -f xlsx -o kq.xlsx
lint
lint -f json
lint -f sarif
lint -f github
lint -f junit
lint --strict
lint --diff
lint --fix
form -a so-a -y 2025 -o f.yaml
form -a so-a -y 2025 -o f.xlsx
form --all -y 2025 -f yaml
report -y 2025 -f json
report -y 2025 -f md --trace
report -y 2025
report -y 2026 --template cong-van-don-doc
""".splitlines()
)
_WEIGHTS = [1 if line[0] in {"report", "form"} or "xlsx" in line else 4 for line in _READING]


def _yaml(chance: random.Random, number: int) -> Case:
    kind = chance.random()
    files = dict(small() if kind < 0.65 else amended() if kind < 0.8 else real(chance.randrange(8)))
    name = chance.choice([name for name in files if name.endswith(".yaml")])
    text = files[name].decode()
    choice = chance.random()
    if choice < 0.45:
        files[name] = mutate.encoded(chance, mutate.mutated_text(chance, text))
    elif choice < 0.8:
        files[name] = mutate.encoded(chance, mutate.mutated_tree(chance, parse(text).tree))
    elif choice < 0.93:
        files[name] = mutate.mutated_bytes(chance, files[name])
    else:
        files[name] = _absurd(chance, text)
    return Case("yaml", number, files, chance.choices(_READING, _WEIGHTS)[0])


def _absurd(chance: random.Random, text: str) -> bytes:
    """Return bytes that are no plan, or a plan of absurd size or depth."""
    depth = chance.choice((31, 32, 33, 100, 5000))
    return chance.choice(
        (
            b"",
            chance.randbytes(chance.choice((1, 100, 10_000))),
            bytes(1000),
            f"a: {'[' * depth}{']' * depth}".encode(),
            f"kehoach: plan/1\ntasks: {'{a: ' * depth}".encode(),
            ("kehoach: plan/1\n" + "".join(f"{' ' * level}a:\n" for level in range(depth))).encode(),
            f"{text}  note: {'x' * 300_000}\n".encode(),
            f"{text}\nnote: |\n{'  dòng' * 3}\n{chr(10).join('  a' for _ in range(20_000))}\n".encode(),
            (text + "".join(f"k{n}: {n}\n" for n in range(5000))).encode(),
            ("kehoach: plan/1\ntasks:\n" + "  - {}\n" * 5000).encode(),
            ("kehoach: plan/1\nid: *a\n" + "b: *b\n" * 3000).encode(),
            ("# ghi chú\n" * 20_000 + text).encode(),
            text.encode("utf-16"), text.encode("utf-32"), text.encode("utf-16-be"),
        )
    )  # fmt: skip


_TOML_PIECES = (
    "[", "]", "[[a]]", "[report.kh-mau]", "[lint]", "x = 1\n", '"', "'''", "[[[[", "=", "\n= 1\n", "a.b.c = 1\n", "inf", "nan", "0x1",
    "1979-05-27T07:32:00Z", "\x00", "\x1b", "\t", "\r", "\ufeff", "a = " + "[" * 2000, "a = " + "{b = " * 2000, "9" * 5000, "1_0",
)  # fmt: skip


def _toml(chance: random.Random, number: int) -> Case:
    files = dict(small())
    if chance.random() < 0.8:
        files["kehoach.toml"] = mutate.encoded(
            chance, mutate.mutated_text(chance, SETTINGS, _TOML_PIECES).replace(":", "=")
        )
    else:
        files["kehoach.toml"] = mutate.mutated_bytes(chance, SETTINGS.encode())
    return Case(
        "toml", number, files, chance.choice((*_READING[:4], ("lint",), ("report", "-y", "2025", "-f", "json")))
    )


def _made(files: Files, *arguments: str) -> bytes:
    """Return what the program writes for a good workspace."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, files)
        with contextlib.redirect_stderr(io.StringIO()):
            code = run(["--root", name, *arguments, "-o", f"{name}/made.out"])
        if code:
            raise AssertionError(f"exit {code}: {arguments}")
        return (folder / "made.out").read_bytes()


@cache
def _forms() -> tuple[tuple[bytes, Files], ...]:
    whole = {**real(0), "plans/kh-176.yaml": (REPOSITORY / "plans" / "kh-176.yaml").read_bytes()}
    here = (("so-a", small()), ("thanh-hoa/so-y-te", whole))
    return tuple((_made(files, "form", "-a", agency, "-y", "2025", "-f", "xlsx"), files) for agency, files in here)


def _excel(chance: random.Random, number: int) -> Case:
    form, files = chance.choices(_forms(), (9, 1))[0]
    change = chance.choice((_answered, _answered, _answered, _torn))
    data = mutate.mutated_archive(chance, form, change)
    if chance.random() < 0.02:
        data = mutate.lying_sizes(data)
    line = chance.choice(
        (
            ("check", "f.xlsx"),
            ("check", "f.xlsx", "-f", "json"),
            ("collect", "f.xlsx"),
            ("collect", "f.xlsx", "--dry-run"),
        )
    )
    return Case("excel", number, {**files, "f.xlsx": data}, line)


_EMPTY_CELL = re.compile(rb'<c r="([A-Z]+\d+)"( s="\d+")?\s*/>')


def _answered(chance: random.Random, name: str, part: bytes) -> bytes:
    """Fill empty cells of a sheet with anything a program may store in one; tear other parts."""
    cells = list(_EMPTY_CELL.finditer(part))
    if not name.startswith("xl/worksheets/") or not cells:
        return _torn(chance, name, part)
    for cell in sorted(
        chance.sample(cells, min(len(cells), chance.choice((1, 3, 10)))), key=lambda found: -found.start()
    ):
        word = _escaped(mutate.any_text(chance)[:40_000])
        value = chance.choice(
            (
                f' t="inlineStr"><is><t>{word}</t></is>', f' t="str"><v>{word}</v>', f"><v>{chance.choice(_NUMBERS)}</v>",
                f"><f>{word}</f><v>1</v>", ' t="e"><v>#REF!</v>', ' t="s"><v>99999</v>', ' t="s"><v>-1</v>', ' t="s"><v>x</v>',
                f' t="d"><v>{word}</v>', ' t="b"><v>1</v>', ' t="b"><v>7</v>', f' t="zz"><v>{word}</v>', "><v></v>", "><is/>",
            )
        )  # fmt: skip
        made = f'<c r="{cell[1].decode()}"{(cell[2] or b"").decode()}{value}</c>'.encode("utf-8", "replace")
        part = part[: cell.start()] + made + part[cell.end() :]
    return part


_NUMBERS = (
    "0", "-0", "1e400", "-1e308", "1e-320", "NaN", "INF", "45000", "45000.5", "99999999", "-5", "2958466", "0.1", "1" * 400, "12,5", "",
)  # fmt: skip


def _escaped(text: str) -> str:
    return "".join(c for c in text if c in "\t\n\r" or ord(c) >= 32).replace("&", "&amp;").replace("<", "&lt;")


def _torn(chance: random.Random, name: str, part: bytes) -> bytes:
    """Change XML as a faulty program would: double, drop or rename an element, change an attribute."""
    del name
    if chance.random() < 0.2:
        return mutate.mutated_bytes(chance, part)
    tags = list(re.finditer(rb"<[^<>]*>", part))
    if not tags:
        return mutate.mutated_bytes(chance, part)
    found = chance.choice(tags)
    word = _escaped(mutate.any_text(chance)[:5000]).replace('"', "").encode("utf-8", "replace")
    match chance.randrange(6):
        case 0:
            made = b""
        case 1:
            made = found[0] * chance.choice((2, 50))
        case 2:
            made = re.sub(rb'"[^"]*"', b'"' + word.replace(b"\\", b"") + b'"', found[0], count=1)
        case 3:
            made = found[0] + word
        case 4:
            made = found[0].replace(b"/>", b">")
        case _:
            made = re.sub(rb"(?<=[<:/])\w+", b"zz", found[0], count=1)
    return part[: found.start()] + made + part[found.end() :]


@cache
def collected() -> Files:
    """Return a small workspace in which a form was collected, with another form to collect: journals, received form, means to undo."""
    files = {**small(), "bieu/a.yaml": _FORM.encode(), "bieu/b.yaml": _FORM.replace("12-20", "12-22").encode()}
    with TemporaryDirectory() as name:
        write(Path(name), files)
        with contextlib.redirect_stderr(io.StringIO()), contextlib.redirect_stdout(io.StringIO()):
            code = run(["--root", name, "collect", f"{name}/bieu/a.yaml", "--year", "2025"])
            code = code or run(["--root", name, "remind", "--period", "2025", "--as-of", "2025-12-31", "--sent"])
        if code:
            raise AssertionError(f"exit {code}: collect, remind")
        found = sorted(path for path in Path(name).rglob("*") if path.is_file())
        return {str(path.relative_to(name)): path.read_bytes() for path in found}


_FORM = PROGRESS.lstrip("\n").replace("12-14", "12-20").replace("in_progress", "done, completed: 2025-12-01")
_COLLECTING = tuple(
    tuple(shlex.split(line))
    for line in """\
collect bieu/b.yaml --year 2025
collect bieu --year 2025
collect bieu --year 2025 --force
collect bieu --dry-run --year 2025
collect received --year 2025
collect --undo
collect --undo
plans
tasks -f json
history I.1 -f json
history I-ct9
summary --period 2025 -f json
remind --period 2025 --as-of 2025-12-31
remind --period 2025 --as-of 2025-12-31 --sent
lint
lint -f json
check -f json
report -y 2025 -f json
""".splitlines()
)
_RECORD = "progress/.kehoach-0123456789ab.set.tmp"
_STAGED = "progress/.kehoach-ba9876543210.tmp"
_LOCKED = (
    "lock 2025 --open --reason x",
    "adjust I-ct9 -a so-a --period 2025 --value 95,1 --reason x --by A",
    "adjust I.1 -a so-a --period 2025 --set status=done --set completed=2025-12-01 --reason x --by A",
    "check -f json",
    "tasks -f json",
    "summary --period 2025 -f json",
    "remind --period 2025 --as-of 2025-12-31 -f json",
    "history I-ct9 -f json",
    "lock 2025 --by A",
    "lint",
    "report -y 2025 -f json",
    "collect bieu --year 2025",
)


@cache
def _lock() -> bytes:
    """Return the lock of the year, as the program writes it."""
    with TemporaryDirectory() as name:
        write(Path(name), collected())
        with contextlib.redirect_stderr(io.StringIO()), contextlib.redirect_stdout(io.StringIO()):
            run(["--root", name, "lock", "2025", "--by", "A"])
            adjusted = [
                "adjust",
                "I-ct9",
                "-a",
                "so-a",
                "--period",
                "2025",
                "--value",
                "95,9",
                "--reason",
                "x",
                "--by",
                "A",
            ]
            code = run(["--root", name, *adjusted])
        if code:
            raise AssertionError(f"exit {code}: adjust")
        return Path(name, "progress", "2025", "lock.yaml").read_bytes()


def _collected(chance: random.Random, number: int) -> Case:
    """Break what collecting keeps: journal, means to undo, received form, the record of a killed run, a lock."""
    files = dict(collected())
    journals, undo = ("progress/journal.jsonl", "progress/reminders.jsonl"), "received/last-collect-progress.json"
    match chance.randrange(5):
        case 0:
            journal = chance.choice(journals)
            files[journal] = _broken_lines(chance, files[journal])
        case 1:
            files[undo] = _broken_lines(chance, files[undo])
        case 2:
            files[_RECORD] = _broken_lines(chance, _record_of(chance, files))
            files[_STAGED] = chance.choice((b"", b"x", files["progress/2025/kh-mau--so-a.yaml"]))
        case 3:
            lock = _lock().decode()
            broken = (
                mutate.mutated_text(chance, lock)
                if chance.random() < 0.5
                else mutate.mutated_tree(chance, parse(lock).tree)
            )
            files["progress/2025/lock.yaml"] = mutate.encoded(chance, broken)
            return Case("collected", number, files, tuple(shlex.split(chance.choice(_LOCKED))))
        case _:
            name = chance.choice([name for name in files if name.startswith(("received/2025", "bieu"))])
            files[name] = mutate.encoded(chance, mutate.mutated_text(chance, files[name].decode()))
    return Case("collected", number, files, chance.choice(_COLLECTING))


def _record_of(chance: random.Random, files: Files) -> bytes:
    """Return the record of a set of files that a killed run left."""
    old, new = files["progress/2025/kh-mau--so-a.yaml"], chance.choice((b"", b"x"))
    target = chance.choice(("progress/2025/kh-mau--so-a.yaml", "plans", "../x", "/x", "kehoach.toml", _STAGED))
    step = {
        "target": target,
        "unfinished": _STAGED,
        "before": sha256(old).hexdigest(),
        "after": sha256(new).hexdigest(),
    }
    return json.dumps({"steps": [step, step | {"target": "moi.yaml"}], "resume": chance.random() < 0.8}).encode()


def _broken_lines(chance: random.Random, data: bytes) -> bytes:
    """Return lines of JSON with one changed: its bytes, its tree, or another depth."""
    lines = data.splitlines()
    at = chance.randrange(len(lines))
    choice = chance.random()
    if choice < 0.5:
        lines[at] = (
            mutate.mutated_tree(chance, json.loads(lines[at])).replace("\n", " ").encode("utf-8", "surrogatepass")
        )
    elif choice < 0.9:
        lines[at] = mutate.mutated_bytes(chance, lines[at])
    else:
        opened = chance.choice((b"[", b'{"a":')) * chance.choice((100, 1000, 100_000))
        lines[at] = chance.choice((opened, lines[at][:-1] + b',"zz":' + opened, lines[at][:-1] + b',"old":' + opened))
    return b"\n".join(lines) + b"\n"


@cache
def _committed() -> Files:
    """Return a small workspace in a git repository with two commits, its repository as files."""
    with TemporaryDirectory() as name:
        git = ("git", "-C", name, "-c", "user.name=A", "-c", "user.email=a@example.org")
        write(Path(name), small())
        for command in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "1")):
            subprocess.run([*git, *command], check=True)
        plan = Path(name, FILES["plan"])
        plan.write_text(plan.read_text("utf-8").replace('"95"', '"97"').replace("2022 - 2025", "2023 - 2026"), "utf-8")
        subprocess.run([*git, "commit", "-qam", "2"], check=True)
        found = sorted(path for path in Path(name).rglob("*") if path.is_file() and "hooks" not in path.parts)
        return {str(path.relative_to(name)): path.read_bytes() for path in found}


def _compared(chance: random.Random, number: int) -> Case:
    """Compare two versions of a plan of which one is broken: a file, what git holds, or the repository itself."""
    files = dict(_committed())
    text = files[FILES["plan"]].decode()
    tree = chance.random() < 0.5
    broken = mutate.encoded(
        chance, mutate.mutated_tree(chance, parse(text).tree) if tree else mutate.mutated_text(chance, text)
    )
    files["moi.yaml"] = broken
    if chance.random() < 0.4:
        name = chance.choice([FILES["plan"], FILES["registry"], FILES["progress"]])
        files[name] = mutate.encoded(chance, mutate.mutated_text(chance, files[name].decode()))
    if chance.random() < 0.3:
        name = chance.choice([name for name in files if name.startswith(".git/") and files[name]])
        files[name] = chance.choice((b"", mutate.mutated_bytes(chance, files[name]), chance.randbytes(40)))
    return Case("compared", number, files, tuple(shlex.split(chance.choice(_COMPARING))))


_COMPARING = """\
diff plans/kh-mau.yaml moi.yaml
diff moi.yaml plans/kh-mau.yaml -f json
diff moi.yaml moi.yaml
diff plans/kh-mau.yaml moi.yaml -f md -a so-a
diff plans/kh-mau.yaml moi.yaml -f csv --exit-code
diff plans/kh-mau.yaml moi.yaml -f docx -o bang.docx
diff plans/kh-mau.yaml moi.yaml --source moi.yaml
diff HEAD~1
diff HEAD~1 HEAD -f json
diff HEAD~1:kh-mau HEAD:plans/kh-mau.yaml
diff HEAD:kh-mau moi.yaml
diff kh-mau
lint --changed-since HEAD~1
lint --changed-since HEAD -f json
tasks --rev HEAD~1 -f json
check --rev HEAD -f json
""".splitlines()


def _asked(chance: random.Random, number: int) -> Case:
    """Ask for tables, pages and calendars: a hostile question, or a broken workspace behind a good one."""
    files = dict(collected())
    if chance.random() < 0.5:
        line = list(shlex.split(chance.choice(_ASKING)))
        name = chance.choice([name for name in files if name.endswith((".yaml", ".jsonl", ".toml"))])
        files[name] = mutate.encoded(chance, mutate.mutated_text(chance, files[name].decode()))
    elif chance.random() < 0.7:
        question = chance.choice(_QUESTIONS)
        for _ in range(chance.choice((1, 1, 2))):
            question = _other_question(chance, question)
        # No system passes NUL; bytes that are not UTF-8 arrive as surrogates.
        line = ["query", question.replace("\0", "").replace("\ud800", "\udcff"), "-f", chance.choice(("json", "table"))]
    else:
        line = ["calendar", "-a", "so-a", "-o", "l.ics", "--force"]
        files["l.ics"] = mutate.mutated_bytes(chance, _calendar())
    return Case("asked", number, files, tuple(line))


_ASKING = """\
site -o trang
site -o trang --public
calendar -a so-a -o l.ics
calendar -a so-b -o l.ics --all-matches
export -o bang
export -o bang -f parquet
query 'SELECT * FROM tasks' -f json
query 'SELECT agency, count(*) FROM assignments GROUP BY 1'
query qua-han
query --list
""".splitlines()
_QUESTIONS = (
    "SELECT * FROM results", "SELECT t.ref, a.agency FROM tasks t JOIN assignments a USING (province, ref) ORDER BY 1",
    "SELECT count(*) FILTER (overdue) FROM tasks", "WITH x AS (SELECT ref FROM tasks) SELECT * FROM x UNION ALL SELECT ref FROM targets",
    "SELECT sum(value) OVER (PARTITION BY ref) FROM results", "SELECT unnest(range(10)), ref FROM tasks",
    "SELECT deadline + INTERVAL 1 DAY FROM tasks", "SELECT regexp_replace(text, 'a', 'b') FROM tasks",
)  # fmt: skip
_SQL_PIECES = (
    "'", '"', "(", ")", "((((", ";", "--", "/*", "*", " FROM 'x.csv'", " FROM read_text('/etc/passwd')", "; DROP TABLE tasks", "COPY tasks TO 'x.csv'",
    "INSTALL httpfs", "LOAD x", "PRAGMA database_list", "SET memory_limit='9GB'", "ATTACH 'x.db'", " CROSS JOIN tasks b CROSS JOIN tasks c",
    " FROM range(10000000000)", "repeat('x', 1000000000)", "range(100000000)", "WITH RECURSIVE r AS (SELECT 1 UNION ALL SELECT 1 FROM r) SELECT * FROM r",
    "getenv('HOME')", "$1", "?", "NULL", "1/0", "9" * 400, "1e400", "CAST('x' AS INT)", "list_sort([3,1])", "ref.a.b.c", "tasks.*", "SELECT ", "(" * 2000,
)  # fmt: skip


def _other_question(chance: random.Random, question: str) -> str:
    at = chance.randrange(len(question) + 1)
    words = question.split(" ")
    match chance.randrange(4):
        case 0:
            return question[:at]
        case 1:
            return question[:at] + chance.choice(_SQL_PIECES) + question[at:]
        case 2:
            words[chance.randrange(len(words))] = chance.choice((*_SQL_PIECES, mutate.any_text(chance)))
            return " ".join(words)
        case _:
            return chance.choice(_SQL_PIECES)


@cache
def _calendar() -> bytes:
    """Return a calendar that the program wrote."""
    return _made(collected(), "calendar", "-a", "so-a")


@cache
def _documents() -> tuple[bytes, ...]:
    """Return .docx files: two templates, and a report made with one."""
    templates = [
        (REPOSITORY / "templates" / f"{name}.docx").read_bytes() for name in ("bao-cao-nam", "cong-van-don-doc")
    ]
    with TemporaryDirectory() as name:
        write(Path(name), small())
        with contextlib.redirect_stderr(io.StringIO()):
            code = run(["--root", name, "report", "-y", "2025", "-o", f"{name}/out"])
        if code:
            raise AssertionError(f"exit {code}: report")
        return (*templates, next(Path(name, "out").glob("*.docx")).read_bytes())


def _docx(chance: random.Random, number: int) -> Case:
    data = mutate.mutated_archive(chance, chance.choice(_documents()), chance.choice((_torn, _tagged)))
    line = chance.choice(_DOCX_LINES)
    return Case("docx", number, {**small(), "t.docx": data}, line)


@cache
def _signed() -> Files:
    """Return one signed document as Word, text and page, by file name."""
    from docx import Document

    path = REPOSITORY / "docs" / "huong-dan" / "vi-du" / "kh-05.docx"
    lines = [found.text for found in Document(str(path)).element.body.iter("{*}t") if found.text]
    page = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    return {
        "d.docx": path.read_bytes(),
        "d.txt": "\n".join(lines).encode(),
        "d.html": f"<html><head><meta charset=utf-8></head><body>{page}</body></html>".encode(),
    }


def _imported(chance: random.Random, number: int) -> Case:
    """Break a signed document that becomes a plan, or is compared with one."""
    name, data = chance.choice(list(_signed().items()))
    if name.endswith(".docx"):
        data = mutate.mutated_archive(chance, data, _torn)
    elif chance.random() < 0.5:
        data = mutate.encoded(chance, mutate.mutated_text(chance, data.decode()))
    else:
        data = mutate.mutated_bytes(chance, data)
    line = chance.choice(_IMPORTING)
    return Case("imported", number, {**small(), name: data}, tuple(name if word == "FILE" else word for word in line))


_IMPORTING = (
    ("import", "FILE", "--province", "mau"),
    ("import", "FILE", "--province", "mau", "--id", "moi", "-f", "json"),
    ("import", "FILE", "-o", "plans/kh-mau.yaml", "--force"),
    ("verify", "kh-mau", "--source", "FILE"),
    ("verify", "kh-mau", "--source", "FILE", "--complete", "-f", "json"),
)
_DOCX_LINES = (
    ("report", "-y", "2025", "--template", "t.docx"),
    ("check-docx", "t.docx"),
    ("check-docx", "t.docx", "-f", "json"),
    ("check-docx", "t.docx", "--profile", "dang"),
    ("templates", "check", "t.docx"),
)
_TAGS = (
    "{{ x }}", "{{", "}}", "{%", "%}", "{#", "{% include 'a' %}", "{% import 'a' as b %}", "{% extends 'a' %}", "{% if %}", "{% endfor %}",
    "{{ cycler.__init__.__globals__ }}", "{{ ''.__class__.__mro__ }}", "{{ [].append(1) }}", "{{ 9**9**9 }}", "{{ 'a' * 999999999 }}",
    "{%p for i in tasks %}", "{%tr for i in tasks %}", "{%tr endfor %}", "{{ tasks }}", "{{ number|upper }}", "{{ lipsum() }}",
    "{% for i in range(10**9) %}x{% endfor %}", "{{ '%s'|format(1) }}", "{{ self }}", "{{ config }}", "{% set a = 1 %}", "{{ ('x'*9)|e }}",
    "{{ plan.__class__ }}", "{% raw %}", "{%", "{_{", "{% call x() %}", "{% macro a() %}{% endmacro %}", "{% debug %}", "{{" * 3000, "{{ a}" * 3000,
)  # fmt: skip


def _tagged(chance: random.Random, name: str, part: bytes) -> bytes:
    """Put a tag of Jinja into the text of a part."""
    texts = [found.end() for found in re.finditer(rb"<w:t(?: [^>]*)?>", part)]
    if not texts:
        return _torn(chance, name, part)
    at = chance.choice(texts)
    return part[:at] + chance.choice(_TAGS).encode() + part[at:]


@cache
def _commands() -> dict[str, tuple[Any, ...]]:
    """Return the parameters of every command, as the program declares them."""
    from kehoach_cli.cli.app import program
    from kehoach_cli.cli.commands import COMMANDS

    group = program()
    return {name: tuple(group.load(name).params) for name in COMMANDS} | {"": tuple(group.params)}


_GOOD = {
    "agency": ("so-a", "Sở Y tế", "so y te"), "plan": ("kh-mau",), "year": ("2025", "2022", "2030"), "period": ("2025", "2025-Q3", "2025-H1", "2026-09"), "province": ("mau", "Mẫu"),
    "format_": ("json", "csv", "md", "table", "xlsx", "junit", "sarif", "docx", "yaml"), "kind": ("task", "xlsx", "yaml"), "role": ("lead", "support"),
    "as_of": ("2025-12-31", "1/1/2026"), "due_by": ("2026-01-01",), "reference": ("I.1", "kh-mau/I.1", "I-ct9"), "paths": ("progress", "plans/kh-mau.yaml"),
    "output": ("kq", "-"), "folder": ("moi", "."), "by": ("plan", "verdict"), "template": ("cong-van-don-doc", "bao-cao-nam"), "name": ("plan", "Sở Cũ"),
    "explain": ("K301", "missing-key"), "select": ("K2",), "ignore": ("K2,K3",), "progress": ("progress",),
}  # fmt: skip


def _arguments(chance: random.Random, number: int) -> Case:
    commands = _commands()
    name = chance.choice(list(commands))
    line: list[str] = []
    if name and chance.random() < 0.1:
        line += _given(chance, commands[""])
    line += [name] if name else []
    line += _given(chance, commands[name])
    if name in {"form", "report"} and chance.random() < 0.8:
        line += ["--year", chance.choice(("2025", "2025", "2022", "2030", mutate.any_text(chance)))]
    if chance.random() < 0.05:
        chance.shuffle(line)
    if chance.random() < 0.05:
        line.insert(chance.randrange(len(line) + 1), mutate.any_text(chance))
    environment = chance.choice(
        ({}, {"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}, {"COLUMNS": chance.choice(("1", "0", "²", "-3", "99999"))})
    )
    # No system passes NUL; bytes that are not UTF-8 arrive as surrogates.
    given = tuple(word.replace("\0", "").replace("\ud800", "\udcff") for word in line)
    return Case("arguments", number, small(), given, dict(environment))


def _given(chance: random.Random, parameters: tuple[Any, ...]) -> list[str]:
    line: list[str] = []
    for parameter in chance.sample(parameters, min(len(parameters), chance.choice((0, 1, 1, 2, 2, 3, 5)))):
        if parameter.name in {"help", "install_completion", "show_completion", "debug"}:
            continue
        if parameter.param_type_name == "option":
            line.append(chance.choice(parameter.opts))
        if not getattr(parameter, "is_flag", False):
            good = _GOOD.get(parameter.name, ("x",))
            value = chance.choice(good) if chance.random() < 0.5 else mutate.any_text(chance)
            # Keep absolute paths inside the folder of the case.
            line.append(re.sub(r"[/\\]|\.\.", "-", value) if parameter.name in {"output", "folder"} else value)
    return line


KINDS = {
    "yaml": _yaml, "toml": _toml, "excel": _excel, "docx": _docx, "arguments": _arguments, "collected": _collected,
    "imported": _imported, "compared": _compared, "asked": _asked,
}  # fmt: skip
SHARES = {
    "yaml": 40, "toml": 7, "excel": 14, "docx": 7, "arguments": 12, "collected": 7, "imported": 4, "compared": 6, "asked": 3,
}  # fmt: skip


def write(folder: Path, files: Files) -> None:
    """Write the files of a case."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def names_in(data: bytes) -> list[str]:
    """Return the names of an archive's parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.namelist()
