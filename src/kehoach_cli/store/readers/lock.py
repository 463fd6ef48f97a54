"""Lock files into locks of the core, and back into text."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.json import encode

from kehoach_cli.core.model.lock import Lock, LockedFile, LockedSubmission, PlanLock
from kehoach_cli.store.readers.file_reading import FileReading

_HEAD = (
    "# yaml-language-server: $schema=../../schemas/lock-1.schema.json",
    "# Số liệu của kỳ này đã chốt. Không sửa tệp này bằng tay: sửa một giá trị bằng kehoach adjust,",
    "# mở lại cả kỳ bằng kehoach lock --open.",
)


def read_lock(reading: FileReading) -> Lock | None:
    """Return the lock in a file, None where the file cannot be used."""
    if reading.tree is None:
        return None
    from kehoach_cli.store.readers.validated import validated
    from kehoach_cli.store.schema.lock import LockFile

    model = validated(reading, LockFile, reading.tree)
    if model is None:
        reading.fatal = True
        return None
    folder = Path(reading.path).absolute().parent.name
    if folder != model.period:
        message = f'tệp chốt của kỳ {model.period} phải nằm trong thư mục "{model.period}", đang ở "{folder}"'
        reading.report("K103", ("period",), message, soft=False)
        return None
    plans = [
        PlanLock(
            plan,
            model.period,
            entry.as_of,
            entry.time,
            entry.run,
            entry.by or "",
            tuple(LockedSubmission(one.agency, one.file, one.sha256) for one in entry.submissions),
            tuple(LockedFile(one.kind, one.file, one.sha256) for one in entry.files),
            entry.assessment,
            reading.file,
        )
        for plan, entry in model.plans.items()
    ]
    return Lock(model.period, tuple(plans))


def lock_text(lock: Lock) -> str:
    """Return a lock as its file holds it; each row of an assessment stands on a line of its own."""
    lines = [*_HEAD, "kehoach: lock/1", f"period: {_quoted(lock.period)}", "plans:"]
    for one in sorted(lock.plans, key=lambda plan: plan.plan):
        lines += _plan_lines(one)
    return "\n".join(lines) + "\n"


def _plan_lines(one: PlanLock) -> Iterator[str]:
    yield f"  {one.plan}:"
    yield f"    as_of: {one.as_of}"
    yield f"    time: {_quoted(one.time)}"
    if one.by:
        yield f"    by: {_quoted(one.by)}"
    yield f"    run: {_quoted(one.run)}"
    yield from _list_lines("submissions", one.submissions)
    yield from _list_lines("files", one.files)
    yield "    assessment: |-"
    yield '      {"indicators":['
    yield from _rows(one.assessment.indicators)
    yield '      ],"tasks":['
    yield from _rows(one.assessment.tasks)
    yield "      ]}"


def _list_lines(key: str, entries: Iterable[Struct]) -> Iterator[str]:
    found = [f"      - {{{_pairs(entry)}}}" for entry in entries]
    yield f"    {key}:" if found else f"    {key}: []"
    yield from found


def _pairs(entry: Struct) -> str:
    values = {name: getattr(entry, name) for name in entry.__struct_fields__}
    return ", ".join(f"{name}: {_quoted(value)}" for name, value in values.items())


def _rows(rows: Iterable[Struct]) -> Iterator[str]:
    found = [encode(row).decode() for row in rows]
    for number, row in enumerate(found, 1):
        yield f"        {row}{',' if number < len(found) else ''}"


def _quoted(value: Any) -> str:
    return json.dumps(str(value), ensure_ascii=False)
