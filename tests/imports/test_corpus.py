"""The documents of the corpus say what the sources say: otherwise nothing that is measured with them means anything."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kehoach_cli.core.model.source_text import SourceParagraph, SourceTable
from kehoach_cli.source.read import read_source
from tests.imports.corpus import Shape, rows_of
from tests.imports.sources import PLANS, Line, Table, blocks_of

Built = Callable[[str, str, Shape], Path]


@pytest.mark.parametrize("shape", Shape)
@pytest.mark.parametrize("plan", PLANS)
def test_word_prints_the_numbers_of_the_source(plan: str, shape: Shape, document: Built) -> None:
    path = document(plan, "docx", shape)
    read = read_source(path, path.read_bytes())
    printed = [block.printed for block in read.blocks if isinstance(block, SourceParagraph) and block.printed]
    assert printed == [block.printed for block in blocks_of(plan) if isinstance(block, Line)]


@pytest.mark.parametrize("shape", Shape)
@pytest.mark.parametrize("plan", ["kh-176", "qd-3825"])
def test_tables_have_the_rows_of_the_source(plan: str, shape: Shape, document: Built) -> None:
    path = document(plan, "docx", shape)
    read = [block for block in read_source(path, path.read_bytes()).blocks if isinstance(block, SourceTable)]
    made = [block for block in blocks_of(plan) if isinstance(block, Table)]
    tables = [table for table in read if table.columns > 2]
    assert len(tables) == len(made)
    for table, source in zip(tables, made, strict=True):
        wanted = ["\n".join(cell.paragraphs) for row, _ in rows_of(source, shape) for cell in row if cell.paragraphs]
        assert [cell.text for cell in table.cells if cell.text] == wanted
