"""Drafts of plans and their source records: read what stands, write both together."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from kehoach_cli.core.draft.merge import LISTS, Merged, merged
from kehoach_cli.core.draft.notes import Draft
from kehoach_cli.core.model.source_record import SourceRecord, digest
from kehoach_cli.core.model.source_text import SourceText
from kehoach_cli.errors import CannotRunError
from kehoach_cli.store.files.writing import write_together
from kehoach_cli.store.readers.read_file import FileContent, LoadedFile, read_file
from kehoach_cli.store.readers.source import read_source_record
from kehoach_cli.store.workspace.paths import record_of, shown_path
from kehoach_cli.store.yaml.text import block_of, flow_of, list_of, scalar_text
from kehoach_cli.store.yaml.tree import Mapping as Tree
from kehoach_cli.store.yaml.tree import parse

_SCHEMA = "# yaml-language-server: $schema=../schemas/plan-1.schema.json"
_HEAD = (
    "# yaml-language-server: $schema=../../schemas/source-1.schema.json",
    "# Sổ nguồn do kehoach import ghi. Kiểm tra từng điểm dưới doubts: sửa tệp kế hoạch nếu cần, rồi xóa điểm đó ở đây.",
)
# Lists whose short entries stand on one line.
_SHORT = frozenset({"funding", "sections"})


class Standing(Struct, frozen=True):
    """The plan file and the record that stand where a draft goes: bytes as read, and what they say."""

    path: Path
    plan: bytes | None = None
    record_data: bytes | None = None
    record: SourceRecord | None = None


def read_record(content: FileContent) -> LoadedFile:
    """Return a source record."""
    return read_file(content, read_source_record)


def standing_at(path: Path, *, force: bool) -> Standing:
    """Return what stands where a plan file is to be written; with `force` a plan without a usable record does not count.

    Raises:
        CannotRunError: there is a plan that no import has written, or one that cannot be read.
    """
    plan = FileContent(path, shown_path(path))
    content = FileContent(record_of(path), shown_path(record_of(path)))
    if plan.data is None and content.data is None:
        return Standing(path)
    value = read_record(content).value if content.data is not None else None
    record = value if isinstance(value, SourceRecord) else None
    usable = record is not None and (plan.data is None or isinstance(_tree(plan.data), Tree))
    if not usable and not force:
        raise CannotRunError(
            f'"{plan.shown}" đã có và không có sổ nguồn "{content.shown}" đọc được để nhập tiếp;'
            " chọn -o tệp khác, hoặc thêm --force để ghi đè"
        )
    return Standing(path, plan.data, content.data, record if usable and plan.data is not None else None)


def merged_with(draft: Draft, standing: Standing) -> Merged:
    """Return the draft with what people changed in the plan file that stands."""
    now = _tree(standing.plan) if standing.plan is not None and standing.record else None
    return merged(draft, now, standing.record)


def write_draft(found: Merged, source: SourceText, standing: Standing) -> None:
    """Write the plan file and its record, both or none.

    Raises:
        CannotRunError: one cannot be written, or has changed meanwhile.
    """
    before = standing.plan.decode("utf-8-sig") if standing.plan is not None and standing.record else None
    files: dict[Path, bytes | None] = {
        standing.path: plan_text(found.plan, before).encode(),
        record_of(standing.path): record_text(found, source).encode(),
    }
    read = {standing.path: standing.plan, record_of(standing.path): standing.record_data}
    write_together(files, overwrite=True, read=read)


def _tree(data: bytes) -> Any:
    return parse(data.decode("utf-8-sig", errors="replace")).tree


# --- as text ---


def plan_text(plan: Mapping[str, Any], before: str | None = None) -> str:
    """Return a plan as the text of its file. Lines of `before` whose value is still the same stay as they are, with comments."""
    old = _OldLines(before) if before else None
    lines = old.head if old else [_SCHEMA]
    for key, value in plan.items():
        if key not in LISTS:
            lines += (old and old.of_key(key, value)) or list(block_of({key: value}, 0))
            continue
        if not value:
            lines.append(f"{key}: []")
            continue
        lines.append(f"{key}:")
        made = list_of(value, short=key in _SHORT)
        for row, new in zip(value, made, strict=True):
            lines += (old and old.of_row(key, row)) or new
    return "\n".join(lines).rstrip("\n") + "\n"


class _OldLines:
    """The lines of a plan file by the value they hold."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        tree = parse(text).tree
        keys = [(key, tree.marks[key][0][0]) for key in tree]
        ends = [*(line for _, line in keys[1:]), len(self._lines) + 1]
        self.head = self._lines[: keys[0][1] - 1] if keys else []
        self._keys: dict[str, tuple[str, list[str]]] = {}
        self._rows: dict[tuple[str, str], tuple[str, list[str]]] = {}
        for (key, first), end in zip(keys, ends, strict=True):
            value = tree[key]
            if key in LISTS and isinstance(value, list):
                starts = [mark[0] for mark in value.marks]  # type: ignore[attr-defined]
                for row, begun, after in zip(value, starts, [*starts[1:], end], strict=True):
                    self._rows[key, str(row.get("id"))] = (digest(row), self._lines[begun - 1 : after - 1])
            else:
                self._keys[key] = (digest(value), self._lines[first - 1 : end - 1])

    def of_key(self, key: str, value: Any) -> list[str]:
        """Return the lines of a key, none where its value is another now."""
        known, lines = self._keys.get(key, ("", []))
        return lines if known == digest(value) else []

    def of_row(self, key: str, row: Mapping[str, Any]) -> list[str]:
        """Return the lines of a row, none where it is another now."""
        known, lines = self._rows.get((key, str(row.get("id"))), ("", []))
        return lines if known == digest(row) else []


def record_text(found: Merged, source: SourceText) -> str:
    """Return the source record as the text of its file."""
    head = {"kehoach": "source/1", "plan": found.plan["id"]}
    document = {"file": Path(source.file).name, "kind": source.kind.value, "sha256": source.sha256}
    lines = [*_HEAD, *block_of(head, 0), f"document: {flow_of(document)}"]
    doubts = [
        {
            key: value
            for key, value in (("at", one.at), ("place", one.place), ("kind", one.kind.value), *_words(one))
            if value
        }
        for one in found.doubts
    ]
    lines += _listed("doubts", (line for item in list_of(doubts, short=False) for line in item))
    lines += _listed("raised", (f"  - {scalar_text(mark)}" for mark in found.raised))
    values = (
        {key: value for key, value in (("at", one.at), ("place", one.place), ("was", one.was)) if value}
        for one in found.values
    )
    lines += _listed("values", (f"  - {flow_of(one)}" for one in values))
    return "\n".join(lines) + "\n"


def _words(doubt: Any) -> Iterable[tuple[str, str]]:
    return (("text", doubt.text), ("why", doubt.why), ("mend", doubt.mend))


def _listed(key: str, items: Iterable[str]) -> list[str]:
    lines = list(items)
    return [f"{key}:", *lines] if lines else []
