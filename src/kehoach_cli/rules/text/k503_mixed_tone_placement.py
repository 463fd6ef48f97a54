"""K503: both placements of a tone mark (hoà and hòa) in one file."""

import re
from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import Hit, Rule
from kehoach_cli.viet.text import old_style_tones

# A first look: `old_style_tones` knows which of these pairs are one of the new style. Capitals stand in the classes, since a
# search that ignores case is several times slower.
_NEW = re.compile(r"[oOuU][àáảãạèéẻẽẹỳýỷỹỵÀÁẢÃẠÈÉẺẼẸỲÝỶỸỴ](?!\w)(?<![qQ]..)")
_OLD = re.compile(r"[òóỏõọÒÓỎÕỌ][aeAE](?!\w)|[ùúủũụÙÚỦŨỤ][yY](?!\w)")


def check(document: SourceFile) -> Iterator[Hit]:
    """Yield every place of the style that a file uses less, the new one where both are as frequent."""
    # Most files keep to the old style; only where the new one occurs at all the old one is counted.
    some = _NEW.search(document.text)
    new = [place for place in _places(document, _NEW) if old_style_tones(place[1]) != place[1]] if some else []
    old = list(_places(document, _OLD)) if new else []
    rarer, usual = (old, "kiểu mới (hoà, thuỷ)") if len(old) < len(new) else (new, "kiểu cũ (hòa, thủy)")
    for spot, word in rarer if old else ():
        yield Hit(f'"{word}" đặt dấu thanh khác phần lớn tệp này, viết theo {usual}', spot=spot)


def _places(document: SourceFile, style: re.Pattern[str]) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield line and column of every toned pair of vowels, with the word it ends."""
    for number, line in enumerate(document.lines, 1):
        # Half the lines are plain ASCII, and hardly any other has such a pair.
        for found in style.finditer(line) if not line.isascii() and style.search(line) else ():
            start = re.search(r"\w*$", line[: found.start()])
            yield (number, found.start() + 1), (start[0] if start else "") + found[0]


RULE = Rule(
    code="K503",
    slug="mixed-tone-placement",
    severity=Severity.INFO,
    title="Hai kiểu đặt dấu thanh trong một tệp",
    why="""
        "Hoà, khoẻ, thuỷ" và "hòa, khỏe, thủy" là hai cách đặt dấu thanh của cùng một chữ. Dùng lẫn lộn trong một tệp thì tìm
        một cách viết sẽ sót cách kia.

        Lời của chính tệp dữ liệu (note, reason, direction_note) nên viết thống nhất một kiểu; lệnh lint --fix sửa ở đó, trừ chữ
        trong ngoặc kép. Nguyên văn đã ban hành (text, errata, …) thì giữ nguyên và ghi chú bỏ qua nếu cần.
    """,
    bad="""
        tasks:
          - id: I.1
            kind: task
            text: Khai thác hài hòa các nguồn lực để bảo vệ môi trường nước.
            lead: [so-a]
            note: Văn bản viết hài hoà, ý là cân đối.
        #                           ^
    """,
    good="""
        tasks:
          - id: I.1
            kind: task
            text: Khai thác hài hòa các nguồn lực để bảo vệ môi trường nước.
            lead: [so-a]
            note: Văn bản viết hài hòa, ý là cân đối.
    """,
    check=check,
)
