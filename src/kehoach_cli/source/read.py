"""The one way to read a document of others: by what it holds, and by its ending where that does not say."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from kehoach_cli.core.model.source_text import SourceKind, SourceRemark, SourceText
from kehoach_cli.errors import CannotRunError
from kehoach_cli.office.docx_package import PackageError
from kehoach_cli.office.libreoffice import converted, libreoffice
from kehoach_cli.office.xlsx_package import WorkbookError
from kehoach_cli.source.blocks import Blocks, SourceError
from kehoach_cli.source.html import read_html
from kehoach_cli.source.kinds import Content, content_of
from kehoach_cli.source.pdf import read_pdf
from kehoach_cli.source.text import read_text
from kehoach_cli.source.word import read_word


def _read_excel(data: bytes) -> Blocks:
    # openpyxl loads for a workbook only.
    from kehoach_cli.source.excel import read_excel

    return read_excel(data)


_READERS: dict[SourceKind, Callable[[bytes], Blocks]] = {
    SourceKind.WORD: read_word,
    SourceKind.EXCEL: _read_excel,
    SourceKind.PDF: read_pdf,
    SourceKind.HTML: read_html,
    SourceKind.TEXT: read_text,
}
_ASK = "mở bằng Excel, lưu lại thành .xlsx thường, hoặc xin lại tệp"
_LOST = "tệp kiểu cũ, đọc qua LibreOffice: số thứ tự đánh lại từ đầu, ký hiệu đặc biệt và tham chiếu chéo có thể sai"


def read_source(path: Path, data: bytes) -> SourceText:
    """Return the text of a document with its places.

    Raises:
        CannotRunError: the kind is not read, or the file is damaged, locked, or no document at all.
    """
    try:
        content = content_of(path.suffix, data)
        found = (
            _READERS[content.kind](data) if not content.converted else _through_libreoffice(path.suffix, content, data)
        )
    except WorkbookError as error:
        # The hints of the workbook are for those who fill in forms.
        raise CannotRunError(f'không đọc được "{path}": {error}; {_ASK}') from None
    except RecursionError:
        raise CannotRunError(f'không đọc được "{path}": các phần lồng nhau quá sâu, giống một tệp độc hại') from None
    except (PackageError, SourceError) as error:
        raise CannotRunError(f'không đọc được "{path}": {error}') from None
    remarks = tuple(SourceRemark("cả tệp", content.remark) for _ in range(bool(content.remark)))
    text = SourceText(str(path), sha256(data).hexdigest(), content.kind, found.blocks, remarks + found.remarks)
    if not any(one.text.strip() for one in text.paragraphs()):
        raise CannotRunError(f'không đọc được "{path}": văn bản không có chữ nào; xin gửi lại tệp')
    return text


def _through_libreoffice(suffix: str, content: Content, data: bytes) -> Blocks:
    """Return what a file of an old program shows."""
    wanted = content.kind.value
    if libreoffice() is None:
        raise SourceError(f"tệp kiểu cũ, cần LibreOffice để đọc; hoặc mở bằng Word, Excel và lưu thành .{wanted}")
    with converted(data, suffix.lower() or ".doc", wanted) as result:
        if result is None:
            raise SourceError(f"LibreOffice không mở được tệp; mở bằng Word, Excel và lưu thành .{wanted}")
        found = _READERS[content.kind](result.read_bytes())
    remark = SourceRemark("cả tệp", _LOST, f"đối chiếu số thứ tự với bản in, hoặc xin tệp .{wanted}")
    return Blocks(found.blocks, (remark, *found.remarks))
