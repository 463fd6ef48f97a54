"""Refuses a .docx template whose reports would fetch, run or show something else when Word opens them."""

import re

from kehoach_cli.office.docx_package import PackageError, W, content_parts, parse_part
from kehoach_cli.office.safe_zip import is_xml, macro_part

# The largest of our templates has 7,500 tags and attributes; Word's own styles may add tens of thousands.
_MOST_NODES = 200_000
_MOST_BYTES = 2**23
# Kinds of relationships to something Word runs or reads in: whole files, objects, controls.
_ACTIVE = frozenset({"aFChunk", "subDocument", "oleObject", "control", "vbaProject", "frame"})
_FIELDS = re.compile(r"\b(?:DDE(?:AUTO)?|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|DATABASE|RD)\b(?=\s)", re.IGNORECASE)
_SHOWN = 80


def refuse_active_content(parts: dict[str, bytes]) -> None:
    """Refuse a template that is larger than any, has macros, or reaches for content outside of it.

    Raises:
        PackageError: the message names the part.
    """
    _refuse_size(parts)
    for name in filter(is_xml, parts):
        parse_part(parts, name)
    for name in sorted(parts):
        if macro_part([name]) or "/activeX/" in name:
            raise PackageError(f"tệp có macro ({name}); lưu lại thành .docx không có macro")
        if name.endswith(".rels"):
            _refuse_relationships(parts, name)
    for name in content_parts(parts):
        _refuse_fields(parts, name)


def _refuse_size(parts: dict[str, bytes]) -> None:
    written = [part for name, part in parts.items() if is_xml(name)]
    nodes = sum(part.count(b"<") + part.count(b"=") for part in written)
    if nodes > _MOST_NODES or sum(map(len, written)) > _MOST_BYTES:
        raise PackageError("lớn hơn mọi mẫu báo cáo; mẫu chỉ gồm thẻ và chữ cố định, không gồm số liệu")


def _refuse_relationships(parts: dict[str, bytes], name: str) -> None:
    for relation in parse_part(parts, name):
        kind = relation.get("Type", "").rpartition("/")[2]
        if kind in _ACTIVE or (relation.get("TargetMode") == "External" and kind != "hyperlink"):
            target = relation.get("Target", "")[:_SHOWN]
            raise PackageError(f'tệp có liên kết tới nội dung bên ngoài hoặc đối tượng nhúng ("{target}"); xóa đi')


def _refuse_fields(parts: dict[str, bytes], name: str) -> None:
    for paragraph in parse_part(parts, name).iter(f"{W}p"):
        said = [node.text or "" for node in paragraph.iter(f"{W}instrText")]
        fields = ["".join(said), *(node.get(f"{W}instr", "") for node in paragraph.iter(f"{W}fldSimple"))]
        if found := _FIELDS.search(" ".join(fields)):
            raise PackageError(f"tệp có trường {found[0].upper()} lấy nội dung bên ngoài (phần {name}); xóa trường đó")
