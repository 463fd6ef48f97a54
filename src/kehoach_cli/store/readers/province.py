"""Whether a plan file names the wrong province: its title names another one, or another registry has its agencies."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from kehoach_cli.core.model.agency import CENTRAL, Directory
from kehoach_cli.store.yaml.tree import Mapping
from kehoach_cli.viet.text import CAPITALS, folded, match_key

# As many ids are not unknown by a slip of the hand.
_FEWEST, _SHARE = 3, 3
_NAMED = re.compile(rf"\b(?:tỉnh|thành phố) (?P<name>[{CAPITALS}]\w*(?:[ -][{CAPITALS}]\w*){{0,4}})")


def province_meant(
    directory: Directory, province: str, tree: Mapping, ids: Sequence[str], unknown: int
) -> tuple[str, str] | None:
    """Return message and hint where a plan belongs to another province than it names; `unknown` of its ids are in no registry."""
    return _by_agencies(directory, province, ids, unknown) or _by_title(directory, province, tree)


def _by_agencies(directory: Directory, province: str, ids: Sequence[str], unknown: int) -> tuple[str, str] | None:
    if unknown < _FEWEST or unknown * _SHARE < len(ids):
        return None
    lacking = {name: _lacking(directory, name, ids) for name in directory.registries if name != province}
    best = min(lacking, key=lambda name: lacking[name], default=province)
    if best == province or lacking[best] * _FEWEST > unknown:
        return None
    message = f'{unknown}/{len(ids)} chỗ ghi mã cơ quan không có trong danh bạ của "{province}"'
    return message, f'danh bạ của "{best}" có các mã này: ghi province: {best}'


def _lacking(directory: Directory, province: str, ids: Sequence[str]) -> int:
    known = {agency.id for agency in directory.all_in(province)}
    return sum(agency_id not in known for agency_id in ids)


def _by_title(directory: Directory, province: str, tree: Mapping) -> tuple[str, str] | None:
    names = {folded(found["name"]) for text in _title(tree) for found in _NAMED.finditer(text)}
    own = directory.registries[province].name
    if province == CENTRAL or not names or any(match_key(name).startswith(match_key(own)) for name in names):
        return None
    from kehoach_cli.store.base.provinces import find_province

    for name in sorted(names):
        words = name.split(" ")
        found = next((one for end in range(len(words), 0, -1) if (one := find_province(" ".join(words[:end])))), None)
        # A province keeps the plans of those merged into it.
        if found and province not in {found.id, found.heir} and found.id not in directory.lineage(province):
            message = f'tên văn bản nêu {found.name}, mà province ghi "{province}" ({own})'
            return message, f"kế hoạch của {found.name} thì ghi province: {found.id}"
    return None


def _title(tree: Mapping) -> Iterator[str]:
    document: Any = tree.get("document")
    for key in ("title", "cite") if isinstance(document, Mapping) else ():
        if isinstance(document.get(key), str):
            yield folded(document[key])
