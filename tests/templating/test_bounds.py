"""A template that loops, multiplies, doubles or nests is stopped at its tag, within steps that are counted and not timed."""

import re
import time
from typing import Any

import pytest
from msgspec import Struct

from kehoach_cli.errors import CannotRunError
from kehoach_cli.templating.meter import TagError
from kehoach_cli.templating.names import check_names
from kehoach_cli.templating.sandbox import fill

pytestmark = pytest.mark.slow


class Row(Struct, frozen=True):
    id: str
    text: str
    n: int = 3


ROWS = tuple(Row(f"I.{number}", "nội dung dài " * 20, number) for number in range(20_000))
CONTEXT = {"rows": ROWS, "big": "x" * 900_000, "text": "abc", "n": 12}
SCHEMA: dict[str, Any] = {"rows": tuple[Row, ...], "big": str, "text": str, "n": int}

LOOPS = "lặp hoặc tính quá nhiều"
LONG = "quá dài"
# What only the data makes too much: the check of a template cannot know it.
TOO_MUCH_DATA = [
    ("{% for a in rows %}{% for b in rows %}{% for c in rows %}{% endfor %}{% endfor %}{% endfor %}", LOOPS),
    ("{% for a in rows %}{% for b in rows %}{{ b.n }}{% endfor %}{% endfor %}", LOOPS),
    ("{% for a in rows %}{{ rows|sort(attribute='text')|length }}{% endfor %}", LOOPS),
    ("{% for a in rows %}{{ rows|map(attribute='id')|sort|join(', ')|length }}{% endfor %}", LOOPS),
    ("{% for a in rows %}{{ rows|selectattr('id', 'equalto', a.id)|list|length }}{% endfor %}", LOOPS),
    ("{% for a in rows if a in rows %}{{ rows|select('in', rows)|list|length }}{% endfor %}", LOOPS),
    ("{% for a in rows %}{{ 'zz' in big }}{% endfor %}", LOOPS),
    ("{% for a in rows %}{{ big|list|length }}{% endfor %}", LOOPS),
    ("{% for a in rows %}" + "{% if a.n > 3 or not a.n == 7 %}{% endif %}" * 2000 + "{% endfor %}", LOOPS),
    ("{% for a in rows %}" + "{{ a.n * a.n + a.n - 1 }}" * 500 + "{% endfor %}", LOOPS),
    ("{% for a in rows %}{{ big }}{% endfor %}", LONG),
    ("{% for a in rows %}" + "<w:p/>" * 100 + "{% endfor %}", LONG),
    ("{{ rows|map(attribute='text')|join(big) }}", LONG),
    ("{{ big ~ big }}", LONG),
    ("{{ ('" + "9" * 4000 + "')|int }}", "số quá lớn"),
    ("{{ 999999999999999 * 999999999999999 * 999999999999999 }}", "số quá lớn"),
]
# What is wrong with the template whatever the data: the check says it, too.
REFUSED = [
    ("{% for a in 'xxxx' %}{% endfor %}", "chỉ lặp được qua một danh sách"),
    ("{% for a in text %}{% endfor %}", "chỉ lặp được qua một danh sách"),
    ("{% set x = 'a' %}{% set x = x ~ x %}", 'không dùng lại được biến "x"'),
    ("{% set x = text %}{% set x = [x, x]|join %}", 'không dùng lại được biến "x"'),
    ("{% set x = n %}{% set y = x * x %}", 'không dùng lại được biến "x"'),
    ("{% set x, y = 1, 2 %}", "mỗi thẻ set chỉ đặt một biến"),
    ("{{ 9 ** 9 }}", "lũy thừa"),
    ("{{ " + "9" * 5000 + " }}", "số dài quá 15 chữ số"),
    ("{{ 'a'" + "|upper" * 400 + " }}", "thẻ dài quá 100 từ"),
    ("{{ " + "not " * 5000 + "n }}", "thẻ dài quá 100 từ"),
    ("{{ " + "(" * 11 + "n" + ")" * 11 + " }}", "ngoặc lồng nhau"),
    ("{% if n %}" * 21 + "{% endif %}" * 21, "các thẻ for, if lồng nhau"),
    ("{% for a in rows %}" * 5 + "{% endfor %}" * 5, "vòng lặp for lồng nhau"),
    ("{% for a in rows recursive %}{% endfor %}", "mẫu chỉ dùng được"),
    ("{{ [[1], [2]]|sum(start=[]) }}", "chỉ cộng số"),
    ("{{ text[::2] }}", "không cắt được"),
    ("{{ {'a': 1} }}", "không dùng được bảng"),
    ("{{ text is sameas n }}", "sameas"),
    ("{{ rows }}", "danh sách"),
    ("{% for row in rows %}{{ row }}{% endfor %}", "gồm nhiều phần|chỉ in được"),
]


@pytest.mark.parametrize(("source", "words"), [*TOO_MUCH_DATA, *REFUSED], ids=lambda text: text[:40])
def test_what_takes_too_much_is_stopped_at_its_tag(source: str, words: str) -> None:
    start = time.process_time()
    with pytest.raises(TagError, match=words) as caught:
        fill(f"Đầu\n{source}\nCuối", CONTEXT, "…")
    assert caught.value.line == 2
    assert time.process_time() - start < 5


@pytest.mark.parametrize(("source", "words"), REFUSED, ids=lambda text: text[:40])
def test_the_check_says_what_filling_would_refuse(source: str, words: str) -> None:
    (_, message), *_ = check_names([source], SCHEMA)
    assert re.search(words, message)


@pytest.mark.parametrize(
    "source", ["{{ n / 0 }}", "{{ text + n }}", "{{ rows|map('wat')|list }}", "{{ rows|map('center', 9)|list }}"]
)
def test_what_cannot_be_computed_names_no_classes_of_python(source: str) -> None:
    with pytest.raises(CannotRunError) as caught:
        fill(source, CONTEXT, "")
    assert "Error" not in str(caught.value)
    assert str(caught.value).startswith(("không tính được", "mẫu chỉ tính được"))


def test_parts_of_a_document_share_what_it_may_take() -> None:
    from kehoach_cli.templating.meter import Allowance

    allowance = Allowance()
    for _ in range(17):
        fill("{{ big }}", CONTEXT, "", allowance=allowance)
    with pytest.raises(TagError, match=LONG):
        fill("{{ big }}", CONTEXT, "", allowance=allowance)


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("{% set name = text|upper %}{{ name }}", "ABC"),
        ("{{ text ~ ' ' ~ 1.5 ~ none }}", "abc 1,5…"),
        ("{{ [text, 1.5, '<']|join('; ') }}", "abc; 1,5; &lt;"),
        ("{{ rows|map(attribute='n')|sum }}", "199990000"),
        ("{{ rows|selectattr('n', 'lt', 3)|join(', ', attribute='id') }}", "I.0, I.1, I.2"),
        ("{% for a in rows if a.n < 3 %}{{ loop.index }}{{ '.' if loop.last else ',' }}{% endfor %}", "1,2,3."),
        ("{% for a in rows if a.n < 3 %}{{ loop.length }}{% endfor %}", "333"),
        ("{% for a in ['x', 'y'] %}{{ a }}{% endfor %}", "xy"),
        ("{{ 'có' if text in ['abc', 'd'] and n is not none else 'không' }}", "có"),
        ("{{ nope|default('trống') }}", "trống"),
    ],
)  # fmt: skip
def test_what_templates_need_is_there(source: str, shown: str) -> None:
    assert fill(source, CONTEXT, "…") == shown
