"""Fingerprints of rows: what counts as another text, and what does not."""

from typing import Any

import pytest
from msgspec.structs import replace

from kehoach_cli.core.forms.fingerprint import fingerprint
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.plan import Indicator, Task, TaskKind
from kehoach_cli.core.notation.parse import parse_schedule, parse_target
from kehoach_cli.core.notation.target import Direction, Target


def task(**other: Any) -> Task:
    whole = {"text": "Kiểm tra nước thải.", "schedule": "2023 - 2025", "lead": ("so-a", "so-b"), **other}
    whole["schedule"] = parse_schedule(whole["schedule"])
    return Task("I.1", TaskKind.TASK, section="I", **whole)


def indicator(*targets: str, **other: Any) -> Indicator:
    found = tuple(Target(2025 + at, text, parse_target(text)) for at, text in enumerate(targets))
    whole = {"name": "Tỷ lệ hộ", "unit": "%", "direction": Direction.INCREASE, "lead": ("so-a",), **other}
    return Indicator("I-ct1", section="I", targets=found, **whole)


@pytest.mark.parametrize(
    "other",
    [
        {"schedule": "2023-2025"},
        {"schedule": "Giai đoạn 2023 - 2025"},
        {"text": "Kiểm  tra nước thải. "},
        {"lead": ("so-b", "so-a")},
        {"support": ("so-c",)},
        {"note": "ghi chú"},
    ],
)
def test_what_is_written_in_another_way_is_the_same_text(other: dict[str, Any]) -> None:
    assert fingerprint(task(**other)) == fingerprint(task())


@pytest.mark.parametrize(
    "other",
    [
        {"schedule": "2023 - 2026"},
        {"schedule": ""},
        {"schedule": "Hằng năm"},
        {"text": "Kiểm tra khí thải."},
        {"lead": ("so-a",)},
        {"lead": ("so-a", "so-c")},
    ],
)
def test_another_text_schedule_or_lead_is_another_text(other: dict[str, Any]) -> None:
    assert fingerprint(task(**other)) != fingerprint(task())


def test_targets_are_compared_by_their_meaning() -> None:
    same = ["95", "95%", "95,0"]
    other = ["96", "≥ 95", "90 - 95", "giảm 95%"]
    assert {fingerprint(indicator(text)) for text in same} == {fingerprint(indicator("95"))}
    assert len({fingerprint(indicator(text)) for text in ("95", *other)}) == len(other) + 1
    assert fingerprint(indicator("95", "96")) != fingerprint(indicator("95"))
    assert fingerprint(indicator("95", unit="hộ")) != fingerprint(indicator("95"))
    assert fingerprint(indicator("95", direction=Direction.DECREASE)) != fingerprint(indicator("95"))


def test_fingerprints_of_today_are_those_of_every_later_version(catalogue: Catalogue) -> None:
    plan = catalogue.plan("kh-176")
    assert plan is not None
    rows = {row.id: fingerprint(row) for row in plan.indicators} | {row.id: fingerprint(row) for row in plan.tasks}
    # These stand in the progress files of users: another value would call every report outdated.
    assert rows["PL1.17"] == "d390e996c137edf35729d35d241a88b62939aaa1a770c909defff258634eef69"
    assert rows["PL2.III.2"] == "7ea39e5488d58c0f0abcb73a49064756c43f1d11e71e5ad428534467f50b9138"
    assert len(set(rows.values())) == len(rows)


def test_a_phrase_without_a_meaning_is_what_it_says() -> None:
    one, other = (replace(task(schedule="Đầu năm 2026"), text="x"), replace(task(schedule="Đầu năm 2027"), text="x"))
    assert fingerprint(one) != fingerprint(other)
