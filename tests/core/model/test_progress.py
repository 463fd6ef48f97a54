"""What a submission cites."""

from datetime import date

import pytest

from kehoach_cli.core.model.progress import Extension, Paper, cited_paper

DAY = date(2025, 11, 10)


@pytest.mark.parametrize(
    ("text", "paper"),
    [
        ("Công văn 345/UBND-NN ngày 10/11/2025", Paper("Công văn 345/UBND-NN", DAY)),
        ("345/UBND-NN, 10 / 11 / 2025", Paper("345/UBND-NN", DAY)),
        ("12-CV/VPTU (ngày 10 tháng 11 năm 2025)", Paper("12-CV/VPTU", DAY)),
        ("số 345 ngày 2025-11-10 của UBND tỉnh", Paper("số 345", DAY)),
        ("ngày 10/11/2025, số 345/UBND-NN", Paper("số 345/UBND-NN", DAY)),
        ("345/UBND-NN", None),
        ("Công văn của UBND tỉnh ngày 10/11/2025", None),
        ("345/UBND-NN ngày 31/02/2025", None),
        ("đã xin ý kiến", None),
    ],
)
def test_a_document_is_cited_by_number_and_date(text: str, paper: Paper | None) -> None:
    assert cited_paper(text) == paper
    assert Extension(DAY, text).granted is (paper is not None)
