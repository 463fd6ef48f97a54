"""Templates that would stop the machine: both commands that read one refuse it in seconds and little memory, at its paragraph."""

import re
from collections.abc import Callable

import pytest

from tests.faults.test_bounds import document
from tests.fuzz.contract import wrong
from tests.fuzz.inputs import Case, small
from tests.fuzz.runner import whole_process

pytestmark = pytest.mark.slow

_MOST_SECONDS, _MOST_BYTES = 5.0, 512 * 2**20
_TEXT = "x" * 1000
HOSTILE = {
    "three loops over a text": f"{{% for a in '{_TEXT}' %}}" * 3 + "x" + "{% endfor %}" * 3,
    "a text doubled": "{% set x = 'aaaaaaaaaaaaaaaa' %}" + "{% set x = x ~ x %}" * 28 + "{{ x|length }}",
    "a text joined with itself": f"{{% set x = '{_TEXT}' %}}" + "{% set x = x|join(x) %}" * 4 + "{{ x|length }}",
    "a list of itself": "{% set x = [1] %}" + "{% set x = [x, x] %}" * 28 + "{{ x }}",
    "a number squared": "{% set x = 99999999999999 %}" + "{% set x = x*x %}" * 24 + "{{ x }}",
    "a power": "{{ 9 ** 999999999 }}",
    "a number of 5,000 digits": "{{ " + "9" * 5000 + " }}",
    "400 filters": "{{ 'a'" + "|upper" * 400 + " }}",
    "5,000 filters": "{{ 'a'" + "|upper" * 5000 + " }}",
    "5,000 brackets": "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "5,000 signs": "{{ " + "-" * 5000 + "1 }}",
    "1,000 conditions in each other": "{% if year %}" * 1000 + "{% endif %}" * 1000,
    "1,000 branches": "{% if year %}" + "{% elif year == 3 %}" * 1000 + "{% endif %}",
    "100,000 tags": "{{ year }}" * 100_000,
    "20,000 variables": "".join(f"{{% set a{number} = year %}}" for number in range(20_000)),
    "loops in loops": "{% for a in to %}" * 50 + "{% endfor %}" * 50,
}
# The data decide whether these are too much; the workspace of the test is small.
ONLY_IN_REPORTS = {
    "a long loop that prints much": "{% for a in (cite|list) %}" * 3 + _TEXT + "{% endfor %}" * 3,
    "a long loop that prints nothing": "{% for a in (cite|list) %}" * 4 + "{% endfor %}" * 4,
}
CHECK = ("templates", "check", "t.docx")
REPORT = ("report", "-y", "2025", "--template", "t.docx")


def _case(text: str, line: tuple[str, ...]) -> Case:
    body = f'<w:p><w:r><w:t>Đầu</w:t></w:r></w:p><w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    return Case("docx", 0, {**small(), "t.docx": document(body)}, line)


def _refused(case: Case, code: int, words: Callable[[str], bool]) -> None:
    ran = whole_process(case)
    assert wrong(case, ran) == []
    assert ran.code == code
    assert words(ran.out + ran.err), ran.out + ran.err
    assert not re.search(r"[A-Z][a-z]+Error", ran.out + ran.err)
    assert ran.seconds < _MOST_SECONDS
    assert ran.memory < _MOST_BYTES


@pytest.mark.parametrize(("line", "code"), [(CHECK, 1), (REPORT, 3)], ids=["check", "report"])
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_template_is_refused_by_both_commands(name: str, line: tuple[str, ...], code: int) -> None:
    _refused(_case(HOSTILE[name], line), code, lambda said: "đoạn 2 (" in said)


@pytest.mark.parametrize("name", ONLY_IN_REPORTS)
def test_a_template_that_the_data_make_too_long_is_stopped_at_its_paragraph(name: str) -> None:
    _refused(_case(ONLY_IN_REPORTS[name], REPORT), 3, lambda said: "đoạn 2 (" in said and "quá" in said)


def test_a_result_that_no_word_document_can_be_is_refused() -> None:
    def alone(text: str) -> str:
        return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"

    body = alone("{%p for a in (cite|list) %}") * 2 + "<w:p/>" * 150 + alone("{%p endfor %}") * 2
    case = Case("docx", 0, {**small(), "t.docx": document(body)}, REPORT)
    _refused(case, 3, lambda said: "mẫu cho ra một văn bản không mở được" in said)
