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
ARTICLES = """QUYẾT ĐỊNH:
Điều 1. Trồng cây
1. Sở Xây dựng có trách nhiệm trồng cây ven sông.
2. Sở Tài chính chủ trì cấp kinh phí.
Điều 2. Quyết định này có hiệu lực từ ngày ký./.
"""
DECISION = HEAD.replace("KẾ HOẠCH", "QUYẾT ĐỊNH").replace("/KH-", "/QĐ-")


def made(folder: Path, text: str, name: str = "kh.txt") -> Draft:
    """Return the draft of a small document of Thanh Hóa."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return draft(path, "thanh-hoa")


def doubted(found: Draft, words: str) -> list[str]:
    """Return what the doubts whose reason has these words are about."""
    return [one.at for one in found.doubts if words in one.why]


def table_of(*rows: str) -> str:
    """Return a small document with an appendix of these rows, written with bars."""
    head = "| TT | Nhiệm vụ | Cơ quan chủ trì | Thời gian thực hiện |\n|---|---|---|---|\n"
    return f"{HEAD}{BODY}Nơi nhận:\n- Như trên.\nPHỤ LỤC\nNHIỆM VỤ\n{head}" + "".join(f"{row}\n" for row in rows)
