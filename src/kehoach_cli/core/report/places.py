"""Headings of a plan as a report names them: never so that they could be headings of the report."""


def heading_number(section_id: str | None) -> str:
    """Return a heading's number as printed, without the mark of the appendix, which is ours (`PL1.II` → `II`)."""
    head, _, rest = (section_id or "").partition(".")
    return rest if head.startswith("PL") and rest else head if not rest else f"{head}.{rest}"


def heading_place(section_id: str | None) -> str:
    """Return where a heading stands: `Mục III.1 của Kế hoạch`, `Mục II, Phụ lục 1 của Kế hoạch`."""
    head, _, rest = (section_id or "").partition(".")
    if not head:
        return ""
    if not head.startswith("PL"):
        return f"Mục {section_id} của Kế hoạch"
    appendix = f"Phụ lục {head.removeprefix('PL')}".strip()
    return f"Mục {rest}, {appendix} của Kế hoạch" if rest else f"{appendix} của Kế hoạch"
