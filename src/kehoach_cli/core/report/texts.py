"""Texts of agencies as a document prints them."""

import re

_DASH = re.compile(r"^[-–•+*]\s+")
_NOTHING = re.compile(
    r"không(?: có)?(?: (?:ý kiến|kiến nghị|đề xuất|đề xuất, kiến nghị|khó khăn, vướng mắc|khó khăn|vướng mắc))?(?: gì)?",
    re.IGNORECASE,
)


def under_name(who: str, text: str) -> str:
    """Return an agency's text under its name; its own dashes become plus signs, as officers write them below a dash."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) == 1:
        return f"- {who}: {_DASH.sub('', lines[0])}"
    below = [f"+ {_DASH.sub('', line)}" if _DASH.match(line) else line for line in lines]
    first = f"- {who}:" if below[0].startswith("+") else f"- {who}: {below.pop(0)}"
    return "\n".join([first, *below])


def says_nothing(text: str) -> bool:
    """Whether an agency says that there is nothing to say: "Không", "Không có kiến nghị"."""
    return _NOTHING.fullmatch(text.strip().rstrip(".")) is not None
