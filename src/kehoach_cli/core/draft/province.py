"""The province of a document: what its head names, against the one that was asked for."""

import re
from collections.abc import Sequence

from kehoach_cli.core.draft.lines import DraftLine
from kehoach_cli.core.draft.notes import DraftNotes
from kehoach_cli.core.model.agency import CENTRAL, Directory
from kehoach_cli.core.model.source_record import DoubtKind
from kehoach_cli.viet.text import CAPITALS, loose_key

# The place of a date: "Đà Nẵng, ngày 5 tháng 1 năm 2026".
PLACE_DATE = re.compile(
    rf"(?:^|(?<=\s))(?<!Thứ )(?!Thứ\s|Chủ [Nn]hật)"
    rf"(?P<place>(?:TP\.?\s*)?[{CAPITALS}][^\W\d]+(?:[\s-]+[{CAPITALS}][^\W\d]+){{0,4}}),\s*ngày\b"
)


def doubt_province(lines: Sequence[DraftLine], directory: Directory, province: str, notes: DraftNotes) -> None:
    """Doubt a province that was asked for where the place of the document's date is another one."""
    if province == CENTRAL:
        return
    names = {
        loose_key(registry.name) for one in directory.lineage(province) if (registry := directory.registries.get(one))
    }
    for line in lines:
        place = PLACE_DATE.search(line.text)
        if place and not _names(place["place"]) & names:
            name = directory.registries[province].name
            why = f'văn bản ghi địa danh "{place["place"]}", không phải {name}; cơ quan được đọc theo danh bạ {name}'
            mend = "nhập lại với --province đúng tỉnh, hoặc xác nhận đúng là văn bản của tỉnh này"
            notes.doubt(DoubtKind.HEAD, ("province", line.place), line.text, why, mend)


def _names(place: str) -> set[str]:
    """Return a place as it is written, and without "tỉnh", "TP."."""
    name = loose_key(place)
    return {name, re.sub(r"^(?:tinh|thanh pho|tp\.?)\s*", "", name)}


def province_of(lines: Sequence[DraftLine], directory: Directory) -> str | None:
    """Return the province that the head of a document names; None where it names none or several of a workspace."""
    text = loose_key(" ".join(line.text for line in lines))
    found = {
        key
        for key, one in directory.registries.items()
        if re.search(rf"\b(?:tinh|thanh pho|tp\.?)\s+{re.escape(loose_key(one.name))}\b", text)
    }
    places = {match["place"] for line in lines if (match := PLACE_DATE.search(line.text))}
    issued = {key for place in places if (key := directory.province(place))}
    wanted = issued or found
    return next(iter(wanted)) if len(wanted) == 1 else None
