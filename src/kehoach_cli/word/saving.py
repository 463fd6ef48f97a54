"""A document of python-docx as bytes, the same for the same document, whatever the clock says."""

from typing import TYPE_CHECKING, Any

from kehoach_cli.office.safe_zip import packed

if TYPE_CHECKING:
    from docx.document import Document


def saved(document: "Document") -> bytes:
    """Return a document as a .docx. Its own `save` writes the time into the zip, and fails while the clock stands before 1980."""
    from docx.opc.pkgwriter import PackageWriter

    class Parts:
        """Takes what would be written to the zip."""

        def __init__(self) -> None:
            self.parts: dict[str, bytes] = {}

        def write(self, name: Any, data: str | bytes) -> None:
            self.parts[name.membername] = data if isinstance(data, bytes) else data.encode()

    package = document.part.package
    for part in package.parts:
        part.before_marshal()
    written = Parts()
    writer: Any = PackageWriter
    writer._write_content_types_stream(written, package.parts)  # noqa: SLF001 - nothing public does it
    writer._write_pkg_rels(written, package.rels)  # noqa: SLF001
    writer._write_parts(written, package.parts)  # noqa: SLF001
    return packed(written.parts)
