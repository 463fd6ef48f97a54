"""Changing a YAML file in its places: nothing else of the file may change, however often it is changed."""

import random
from datetime import date

import pytest

from kehoach_cli.core.forms.changes import AnswerChange
from kehoach_cli.core.forms.progress_text import mapping_lines
from kehoach_cli.store.yaml.edit import EditError, edited
from kehoach_cli.store.yaml.tree import parse

TEXT = """\
# Đầu tệp.
kehoach: progress/1
plan: kh-176
cutoff: 2025-06-14
indicators:
    PL1.17: {value: "80",   source: 'Báo cáo'}   # thụt bốn
    PL1.18:
        value:
            đô thị: "1"
            nông thôn: "2"   # ghi chú

tasks:
    # Một việc.
    III.1:
        result: |-
            Dòng một.
            Dòng hai.
        status: done

    III.2: {}
funding:
  - {source: "Ngân sách tỉnh", spent: "1"}   # nguồn
  - source: ODA
    spent: "2"
"""


@pytest.mark.parametrize(
    ("path", "value", "old", "new"),
    [
        (("cutoff",), date(2025, 12, 14), "2025-06-14", "2025-12-14"),
        (("indicators", "PL1.17", "value"), "86,5", '"80",   s', '"86,5",   s'),
        (("indicators", "PL1.17", "note"), "x", "'Báo cáo'}", "'Báo cáo', note: \"x\"}"),
        (("indicators", "PL1.17", "value"), None, '{value: "80",   source', "{source"),
        (("indicators", "PL1.18", "value", "nông thôn"), "3", '"2"   #', '"3"   #'),
        (("indicators", "PL1.18", "value", "đô thị"), None, '            đô thị: "1"\n', ""),
        (("tasks", "III.1", "result"), "Một.", "|-\n            Dòng một.\n            Dòng hai.", '"Một."'),
        (
            ("tasks", "III.1", "difficulty"),
            "a\nb",
            "        status: done\n",
            "        status: done\n        difficulty: |-\n          a\n          b\n",
        ),
        (("tasks", "III.2", "status"), "ongoing", "III.2: {}", "III.2:\n      status: ongoing"),
        (("funding", 0, "spent"), "5", 'spent: "1"}', 'spent: "5"}'),
        (("funding", 1, "spent"), "5", 'spent: "2"\n', 'spent: "5"\n'),
        (
            ("funding", 2),
            {"source": "Khác"},
            'spent: "2"\n',
            'spent: "2"\n  - {source: "Khác"}\n',
        ),
        (("funding", 1), None, '  - source: ODA\n    spent: "2"\n', ""),
        (
            ("narrative", "causes", "objective"),
            "Lũ.",
            'spent: "2"\n',
            'spent: "2"\nnarrative:\n  causes:\n    objective: "Lũ."\n',
        ),
    ],
)
def test_only_the_place_itself_changes(path: tuple[str | int, ...], value: object, old: str, new: str) -> None:
    assert TEXT.count(old) == 1
    assert edited(TEXT, (), [AnswerChange(path, None, value)]) == TEXT.replace(old, new)


def test_the_second_document_of_a_list_keeps_its_indentation() -> None:
    text = (
        "- {kehoach: progress/1, plan: a}\n- kehoach: progress/1\n  plan: b\n  tasks:\n    I.1:\n      status: done\n"
    )
    new = edited(text, (1,), [AnswerChange(("tasks", "I.2"), None, {"status": "paused"})])
    assert new == text + "    I.2:\n      status: paused\n"


def test_comments_of_what_is_removed_stay() -> None:
    text = edited(TEXT, (), [AnswerChange(("tasks",), {}, None)])
    assert "    # Một việc.\n" in text
    assert "III.1" not in text
    block = "kehoach: progress/1\ntasks:\n  # Một việc.\n  III.1:\n    result: |-\n      Một.\n      # Hai.\ncutoff: 2025-12-14\n"
    assert (
        edited(block, (), [AnswerChange(("tasks",), {}, None)])
        == "kehoach: progress/1\n  # Một việc.\ncutoff: 2025-12-14\n"
    )


def test_a_comment_is_never_lost() -> None:
    with pytest.raises(EditError):
        edited(TEXT.replace('"1"', '"1"  # giữ'), (), [AnswerChange(("indicators", "PL1.18", "value"), None, "5")])


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
def test_changed_a_hundred_times_it_looks_as_on_the_first_day(seed: int) -> None:
    chance = random.Random(seed)
    rows = [f"PL1.{number}" for number in range(1, 9)]
    document: dict[str, object] = {"kehoach": "progress/1", "indicators": {}, "tasks": {}}
    text = 'kehoach: progress/1\nindicators:\n  PL1.1:\n    value: "0"\ntasks:\n  # Việc.\n  I.1:\n    status: done\n'
    document = {
        "kehoach": "progress/1",
        "indicators": {"PL1.1": {"value": "0"}},
        "tasks": {"I.1": {"status": "done"}},
    }
    for step in range(100):
        kind, row, key = chance.choice(
            [
                ("indicators", chance.choice(rows), chance.choice(["value", "source", "note"])),
                ("tasks", f"I.{chance.randint(1, 5)}", chance.choice(["result", "difficulty"])),
            ]
        )
        value = chance.choice([str(step), f"Dòng {step}.\n- Ý hai: {step}", 'Chữ "có" dấu # và : \\'])
        entries: dict[str, dict[str, str]] = document[kind]  # type: ignore[assignment]
        change = (
            AnswerChange((kind, row, key), None, value)
            if row in entries
            else AnswerChange((kind, row), None, {key: value})
        )
        before = text.splitlines()
        text = edited(text, (), [change])
        entries.setdefault(row, {})[key] = value
        changed = [line for line in text.splitlines() if line not in before]
        assert len(changed) <= 1 + 3
    assert [line for line in text.splitlines() if "#" not in line or '"' in line] == list(mapping_lines(document))
    assert parse(text).tree["tasks"]["I.1"]["status"] == "done"
