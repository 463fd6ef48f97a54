"""Marks that git leaves where two people changed the same lines."""

import re

_MARK = re.compile(r"^(?:(<{7}|>{7}|\|{7}) |(={7})\r?$)", re.MULTILINE)
CONFLICT_HINT = "chọn nội dung đúng rồi xóa các dòng <<<<<<<, =======, >>>>>>>"


def conflict(text: str) -> tuple[int, str] | None:
    """Return the line of the first mark of a conflict, and what to say of it; None in a text without one."""
    # Few texts hold these; the search for them is faster than an expression.
    if "<<<<<<<" not in text and ">>>>>>>" not in text:
        return None
    found = _MARK.search(text)
    if found is None:
        return None
    return text.count("\n", 0, found.start()) + 1, f"còn dấu xung đột của git ({found[1] or found[2]})"
