"""One entry for all kinds: the content of a file decides."""

import io
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from openpyxl import Workbook

from kehoach_cli.core.model.source_text import SourceKind
from kehoach_cli.errors import CannotRunError
from kehoach_cli.source import read as reading
from kehoach_cli.source.read import read_source
from tests.office.packages import archive
from tests.source.test_pdf import pdf_of
from tests.source.word_files import (
    abstract,
    cell,
    docx,
    grid,
    level,
    listed,
    num,
    paragraph,
    printed,
    row,
    run,
    said,
    table,
    tables,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _xlsx() -> bytes:
    book, written = Workbook(), io.BytesIO()
    book.worksheets[0].append(["TT", "Nhiệm vụ", "Chủ trì"])
    book.save(written)
    return written.getvalue()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (docx(paragraph("a")), SourceKind.WORD),
        (_xlsx(), SourceKind.EXCEL),
        (pdf_of("BT /F 12 Tf 80 700 Td (Nghi quyet so 12) Tj ET"), SourceKind.PDF),
        (b"<html><p>a</p></html>", SourceKind.HTML),
    ],
)
@pytest.mark.parametrize("ending", [".docx", ".xlsx", ".pdf", ".html", ".doc", ".dat"])
def test_the_content_decides(data: bytes, kind: SourceKind, ending: str) -> None:
    found = read_source(Path(f"k{ending}"), data)
    assert found.kind is kind
    right = ending == f".{kind.value}" or (ending == ".doc" and kind is SourceKind.WORD) or ending == ".dat"
    assert (said(found) == "") is right
    assert right or f'tên tệp có đuôi "{ending}", nội dung là {kind.value}' in said(found)


def test_a_text_with_tags_in_it_is_text() -> None:
    assert printed(read_source(Path("k.txt"), b"<p>a")) == ["<p>a"]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("k.docx", b"", "tệp trống"),
        (
            "k.docx",
            OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
            "có mật khẩu; xin bản không đặt mật khẩu",
        ),
        ("k.doc", OLE + b"\0" * 600, "không phải văn bản, bảng tính; xin tệp Word"),
        ("k.pdf", b"\xff\xd8\xff\xe0" + b"x" * 50, "tệp ảnh .*xin tệp Word"),
        ("k.zip", archive({"a.docx": b"x"}), "tệp nén"),
        ("k.dat", b"abc", "không nhận ra loại tệp; chỉ đọc .docx"),
        ("k.docx", archive({"word/document.xml": b"x"})[:90], "hỏng"),
    ],
    ids=["empty", "password", "old-binary", "picture", "archive", "unknown", "cut"],
)
def test_what_is_not_read_is_refused_with_what_to_ask_for(name: str, data: bytes, words: str) -> None:
    with pytest.raises(CannotRunError, match=words) as caught:
        read_source(Path(name), data)
    assert str(caught.value).startswith(f'không đọc được "{name}": ')
    assert "\n" not in str(caught.value)


def test_an_old_file_needs_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "libreoffice", lambda: None)
    with pytest.raises(CannotRunError, match=r"cần LibreOffice.*lưu thành \.docx"):
        read_source(Path("k.doc"), OLE + "WordDocument".encode("utf-16-le"))


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(
    ("made", "old"), [("docx", "doc"), ("docx", "rtf"), ("docx", "odt"), ("xlsx", "xls"), ("xlsx", "ods")]
)
def test_old_files_are_read_through_libreoffice(made: str, old: str, tmp_path: Path) -> None:
    font = '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>'
    body = (
        listed("Một")
        + listed("Hai")
        + table(row("TT", cell("Việc")))
        + paragraph(run("Së Tµi chÝnh, tr\u00adêng", font))
    )
    word = docx(body, numbering=abstract(0, level(0, "%1.")) + num(1, 0))
    (tmp_path / f"k.{made}").write_bytes(word if made == "docx" else _xlsx())
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", old, f"k.{made}"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    path = tmp_path / f"k.{old}"
    found = read_source(path, path.read_bytes())
    assert "đọc qua LibreOffice" in found.remarks[0].message
    if made == "docx":
        assert printed(found) == ["1. Một", "2. Hai", "Sở Tài chính, trường"]
        assert grid(tables(found)[0]) == [["TT", "Việc"]]
    else:
        assert grid(tables(found)[0]) == [["TT", "Nhiệm vụ", "Chủ trì"]]


@pytest.mark.slow
def test_a_plan_of_600_tasks_is_read_at_once() -> None:
    text = "Đầu tư xây dựng hệ thống thu gom, xử lý nước thải sinh hoạt tập trung tại các đô thị; ưu tiên khu vực ven biển."
    look = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/><w:sz w:val="26"/>'
    texts = [cell(paragraph("".join(run(one, look) for one in (text[:40], text[40:]))))]
    texts += [cell(paragraph(run(one, look))) for one in ("Sở Xây dựng", "Sở Tài chính", "Quý II/2026", "Báo cáo")]
    data = docx(
        table(*(row(cell(listed("")), *texts) for _ in range(600))), numbering=abstract(0, level(0, "%1")) + num(1, 0)
    )
    read_source(Path("k.docx"), data)
    start = time.process_time()
    found = read_source(Path("k.docx"), data)
    assert time.process_time() - start < 0.7
    assert [line[0] for line in grid(tables(found)[0])] == [str(number) for number in range(1, 601)]


def test_libraries_load_for_their_kind_only() -> None:
    code = (
        "import sys; from pathlib import Path; from kehoach_cli.source.read import read_source;"
        "read_source(Path('k.txt'), b'a'); print(sorted({'lxml', 'openpyxl', 'pdfplumber', 'email'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
