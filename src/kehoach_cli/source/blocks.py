"""What every reader gives: blocks in order, and remarks, within bounds."""

from msgspec import Struct

from kehoach_cli.core.model.source_text import SourceParagraph, SourceRemark, SourceTable

# An annex of 5,000 rows and 30 columns has 150,000.
_MOST_CELLS = 1_000_000


class SourceError(Exception):
    """A document that is not read: one Vietnamese sentence that says why and what to ask for."""


class Blocks(Struct, frozen=True):
    """The paragraphs and tables of a document in order, and what reading remarks."""

    blocks: tuple[SourceParagraph | SourceTable, ...]
    remarks: tuple[SourceRemark, ...]


class Remarks:
    """The remarks of one document, each once."""

    def __init__(self) -> None:
        """Begin with none."""
        self._found: dict[tuple[str, str], SourceRemark] = {}

    def add(self, place: str, message: str, hint: str = "") -> None:
        """Keep a remark, unless the place has it already."""
        self._found.setdefault((place, message), SourceRemark(place, message, hint))

    @property
    def all(self) -> tuple[SourceRemark, ...]:
        """The remarks in the order of the document."""
        return tuple(self._found.values())


def check_size(rows: int, columns: int) -> None:
    """Refuse a table that no document has.

    Raises:
        SourceError: it covers too many cells.
    """
    if rows * columns > _MOST_CELLS:
        raise SourceError(
            f"có bảng {rows} dòng, {columns} cột, lớn hơn mọi phụ lục; xin tệp chỉ có kế hoạch và phụ lục"
        )
