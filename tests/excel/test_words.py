"""The names of what a submission says are the headers of the form."""

import pytest

from kehoach_cli.core.check.words import FIELD_NAMES, field_name
from kehoach_cli.core.model.finding import KeyPath
from kehoach_cli.excel.layout import COVER, FUNDING, INDICATORS, TASKS


@pytest.mark.parametrize("table", [COVER, INDICATORS, TASKS, FUNDING])
def test_a_name_is_the_header_of_its_column(table: object) -> None:
    columns = {column.key: column.header for column in table.columns if column.answer}  # type: ignore[attr-defined]
    named = {
        key: header for key, header in columns.items() if key in FIELD_NAMES and (key, table) != ("source", FUNDING)
    }
    assert named
    assert {key: FIELD_NAMES[key] for key in named} == named


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (("tasks", "III.4.3", "status"), "III.4.3: Trạng thái"),
        (("tasks", "III.4.3", "extension", "to"), "III.4.3: Gia hạn: đến ngày"),
        (("indicators", "PL1.17", "value"), "PL1.17: Giá trị"),
        (("funding", 1, "spent"), "Kinh phí 2: Đã giải ngân"),
        (("submitted",), "Ngày gửi báo cáo"),
        ((), ""),
    ],
)
def test_a_key_path_is_said_in_words(path: KeyPath, words: str) -> None:
    assert field_name(path) == words
