"""Whatever a document says, its draft holds only words of the document, and reading never fails."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kehoach_cli.core.draft.lines import line_of
from kehoach_cli.core.draft.make import DraftRequest, draft_of
from kehoach_cli.core.draft.notes import Draft
from kehoach_cli.core.draft.roles import divided, label_of, labels_in
from kehoach_cli.core.model.source_text import SourceCell, SourceKind, SourceParagraph, SourceTable, SourceText
from kehoach_cli.viet.text import folded
from tests.imports.drafts import directory, known_in_base

BODIES = (
    "Sở Y tế",
    "các sở, ban, ngành",
    "UBND các huyện, xã",
    "Bộ Văn hóa, Thể thao và Du lịch",
    "Chi cục Biển Mai Lâm",
)
PIECES = (
    *BODIES,
    *(
        "chủ trì",
        "phối hợp với",
        "chủ trì, phối hợp với",
        "Cơ quan chủ trì:",
        "Phối hợp:",
        "thời gian:",
        "và",
        ";",
        ",",
        ".",
        ":",
    ),
    *(
        "năm 2026",
        "2026 - 2030",
        "trước ngày 30/6/2027",
        "(sau khi có hướng dẫn của Trung ương)",
        "theo hướng dẫn của",
        "80%",
    ),
    *(
        "đến năm 2030, tỷ lệ nước sạch đạt 95%",
        "bình quân trồng 500 ha rừng/năm",
        "trồng",
        "rà soát",
        "(",
        ")",
        "nt",
        "-",
        "+",
    ),
    *(
        "báo cáo",
        "nhiệm vụ",
        "Kế hoạch",
        "Phụ lục",
        "chỉ tiêu",
        "Điều 1.",
        "1.",
        "1.500",
        "a)",
        "“",
        "”",
        "…",
        "/.",
        "1/.",
        "\n",
    ),
)
STARTS = (
    "",
    "",
    "I. ",
    "II. ",
    "1. ",
    "2. ",
    "1.1. ",
    "10. ",
    "a) ",
    "- ",
    "+ ",
    "– ",
    "IV- ",
    "100. ",
    "PHỤ LỤC ",
    "Nơi nhận:",
)
HEADS = (
    *(
        "TT",
        "STT",
        "Nhiệm vụ",
        "Nội dung",
        "Chỉ tiêu",
        "Cơ quan chủ trì",
        "Đơn vị phối hợp",
        "Cơ quan chủ trì, phối hợp",
    ),
    *(
        "Thời gian",
        "Sản phẩm",
        "Năm 2026",
        "2030",
        "Đơn vị tính",
        "Ghi chú",
        "Kinh phí",
        "Hiện trạng năm 2025",
        "Khác",
        "",
    ),
)
TITLES = (
    "I. MỤC TIÊU",
    "II. NHIỆM VỤ VÀ GIẢI PHÁP",
    "III. KINH PHÍ",
    "IV. TỔ CHỨC THỰC HIỆN",
    "PHỤ LỤC II",
    "KẾ HOẠCH",
)

noise = st.text(max_size=8)
phrases = st.lists(st.one_of(st.sampled_from(PIECES), noise), max_size=7).map(" ".join)
lines = st.one_of(st.sampled_from(TITLES), st.builds(str.__add__, st.sampled_from(STARTS), phrases))
numbers = st.sampled_from(("", "", "1", "2", "1.1", "I", "II", "A", "B", "(1)", "10", "x"))


@st.composite
def paragraphs(draw: st.DrawFn) -> SourceParagraph:
    number = draw(st.sampled_from(("", "", "", "1.", "I.", "-", "a)")))
    return SourceParagraph(draw(lines), "đoạn 1", number, centered=draw(st.booleans()))


@st.composite
def tables(draw: st.DrawFn) -> SourceTable:
    heads = draw(st.lists(st.sampled_from(HEADS), min_size=2, max_size=6))
    rows = draw(st.lists(st.tuples(numbers, *(phrases for _ in heads[1:])), max_size=5))
    cells = []
    for at, row in enumerate([heads, *rows]):
        for column, text in enumerate(row):
            place = f"bảng 1 dòng {at + 1} cột {column + 1}"
            cells.append(SourceCell((SourceParagraph(text, place),) if text else (), place, at, column))
    return SourceTable(tuple(cells), "bảng 1", len(rows) + 1, len(heads))


anything = st.lists(st.one_of(paragraphs(), paragraphs(), paragraphs(), tables()), max_size=12)


def plan_like(body: list[SourceParagraph | SourceTable], annex: list[SourceParagraph | SourceTable]) -> tuple[Any, ...]:
    """Return blocks as a plan has them: a head, a part with tasks, an annex."""
    head = (SourceParagraph(text, "đoạn 1") for text in ("Số: 1/KH-UBND", "KẾ HOẠCH", "Trồng cây", "I. NHIỆM VỤ"))
    return (*head, *body, SourceParagraph("PHỤ LỤC", "đoạn 2"), *annex)


documents = st.one_of(anything.map(tuple), st.builds(plan_like, anything, anything))


def draft_from(blocks: tuple[SourceParagraph | SourceTable, ...]) -> Draft:
    source = SourceText("kh.docx", "", SourceKind.WORD, blocks)
    return draft_of(source, DraftRequest(directory(), None, "kh", "thanh-hoa", known_in_base, 2026))


def printed_values(draft: Draft) -> Iterator[tuple[str, str]]:
    """Yield each text of a draft that must be one of the document, with where it stands; a title in doubt may be ours."""
    plan = draft.plan
    doubted = {doubt.at for doubt in draft.doubts}
    for key, texts in {"sections": ["title"], "objectives": ["text"], "funding": ["text"], "clauses": ["text"]}.items():
        found = ((f"{key}/{row['id']}/{name}", row[name]) for row in plan.get(key, ()) for name in texts)
        yield from ((at, text) for at, text in found if at not in doubted)
    for row in (*plan["tasks"], *plan.get("indicators", ())):
        for key in ("text", "name", "unit", "schedule", "outputs", "cost", "conditions", "targets", "as_issued"):
            yield from ((f"{row['id']}/{key}", text) for text in _texts(row.get(key), key))


def _texts(value: Any, key: str) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one["text"] if isinstance(one, dict) else one, key)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one, key)


def _printed(block: SourceParagraph | SourceTable) -> str:
    return block.printed if isinstance(block, SourceParagraph) else " ".join(cell.text for cell in block.cells)


def flows(blocks: tuple[SourceParagraph | SourceTable, ...]) -> list[str]:
    """Return what stands one behind the other: the paragraphs, all blocks, the cells of each column."""
    found = [
        " ".join(block.printed for block in blocks if isinstance(block, SourceParagraph)),
        " ".join(_printed(block) for block in blocks),
    ]
    for block in blocks:
        if isinstance(block, SourceTable):
            found += [" ".join(cell.text for cell in block.cells if cell.column == at) for at in range(block.columns)]
    return found


def _stands_in(text: str, flow: str) -> bool:
    """Whether the words of a text stand in a flow in their order; labels with a meaning of their own may stand between them."""
    words = iter(re.findall(r"\w+", folded(flow)))
    return all(word in words for word in re.findall(r"\w+", text))


@pytest.mark.slow
@settings(max_examples=60)
@given(documents)
def test_a_draft_holds_only_words_of_its_document(blocks: tuple[SourceParagraph | SourceTable, ...]) -> None:
    found = draft_from(blocks)
    whole = flows(blocks)
    assert [(at, text) for at, text in printed_values(found) if not any(_stands_in(text, one) for one in whole)] == []


@pytest.mark.slow
@settings(max_examples=60)
@given(documents)
def test_the_rows_of_a_draft_have_ids_of_their_own_and_bodies_of_the_registry(
    blocks: tuple[SourceParagraph | SourceTable, ...],
) -> None:
    found = draft_from(blocks)
    rows = (*found.plan["tasks"], *found.plan.get("indicators", ()))
    assert len({row["id"] for row in rows}) == len(rows)
    assert len({row["id"] for row in found.plan["sections"]}) == len(found.plan["sections"])
    named = {name for row in rows for key in ("lead", "support") for name in row.get(key, ())}
    assert {name for name in named if directory().get("thanh-hoa", name) is None} == set()


@given(phrases, st.sampled_from(STARTS))
def test_a_line_loses_only_its_mark(words: str, start: str) -> None:
    line = line_of(start + words, "")
    assert folded(start + words).endswith(line.text)


@given(phrases)
def test_labels_and_what_stands_before_them_are_words_of_the_text(text: str) -> None:
    before, labels = labels_in(text)
    assert text.startswith(before)
    assert all(one.words in text and one.text in text for one in labels)
    assert all(folded(part) in folded(text) for part in divided(text).values())
    label = label_of(text)
    assert label is None or (text.strip().startswith(label.words) and label.text in text)
