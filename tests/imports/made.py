"""A small document whose parts tests put together, and its draft."""

from pathlib import Path

from kehoach_cli.core.draft.notes import Draft
from tests.imports.drafts import draft

HEAD = """ỦY BAN NHÂN DÂN
TỈNH THANH HÓA
Số: 21/KH-UBND
Thanh Hóa, ngày 03 tháng 02 năm 2026
KẾ HOẠCH
Trồng cây ven sông năm 2026
"""
BODY = """I. MỤC TIÊU
1. Mục tiêu chung là bờ sông có bóng cây.
II. NHIỆM VỤ
1. Sở Tài chính cân đối kinh phí mua cây giống.
2. Sở Xây dựng rà soát hành lang bờ sông.
"""


def made(folder: Path, text: str, name: str = "kh.txt") -> Draft:
    """Return the draft of a small document of Thanh Hóa."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return draft(path, "thanh-hoa")


def doubted(found: Draft, words: str) -> list[str]:
    """Return what the doubts whose reason has these words are about."""
    return [one.at for one in found.doubts if words in one.why]
