"""How names of bodies are printed: abbreviations, joining marks that come and go, first words shared by a list.

Two spellings mean one name where they have the same `spelling`: abbreviations in full, without marks and without "và".
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property, lru_cache
from itertools import product
from typing import NamedTuple, Protocol

from kehoach_cli.viet.text import folded, loose_key, match_key

ABBREVIATIONS = {
    "bcđ": "ban chỉ đạo",
    "bchqs": "bộ chỉ huy quân sự",
    "bđbp": "bộ đội biên phòng",
    "bhxh": "bảo hiểm xã hội",
    "bql": "ban quản lý",
    "bttn": "bảo tồn thiên nhiên",
    "ccb": "cựu chiến binh",
    "chqs": "chỉ huy quân sự",
    "đbqh": "đại biểu quốc hội",
    "đđbqh": "đoàn đại biểu quốc hội",
    "hcm": "hồ chí minh",
    "hđnd": "hội đồng nhân dân",
    "htx": "hợp tác xã",
    "kbnn": "kho bạc nhà nước",
    "kcn": "khu công nghiệp",
    "kkt": "khu kinh tế",
    "lđlđ": "liên đoàn lao động",
    "lhpn": "liên hiệp phụ nữ",
    "mttq": "mặt trận tổ quốc",
    "nhcsxh": "ngân hàng chính sách xã hội",
    "nhnn": "ngân hàng nhà nước",
    "ptnt": "phát triển nông thôn",
    "ptth": "phát thanh truyền hình",
    "pvhcc": "phục vụ hành chính công",
    "qltt": "quản lý thị trường",
    "rph": "rừng phòng hộ",
    "tand": "tòa án nhân dân",
    "thads": "thi hành án dân sự",
    "tncs": "thanh niên cộng sản",
    "tp": "thành phố",
    "tphcm": "thành phố hồ chí minh",
    "ttpvhcc": "trung tâm phục vụ hành chính công",
    "tw": "trung ương",
    "tx": "thị xã",
    "ubmttq": "ủy ban mặt trận tổ quốc",
    "ubmttqvn": "ủy ban mặt trận tổ quốc việt nam",
    "ubnd": "ủy ban nhân dân",
    "vksnd": "viện kiểm sát nhân dân",
    "vn": "việt nam",
    "vp": "văn phòng",
    "vpub": "văn phòng ủy ban nhân dân",
    "vpubnd": "văn phòng ủy ban nhân dân",
    "vqg": "vườn quốc gia",
}
_AND = "và"
# Kinds whose names are also printed without the province behind them ("Công an, Quân sự tỉnh").
_SHORTENED = frozenset({"co-quan-ngang-so", "nganh-doc", "mttq", "doan-the", "hiep-hoi", "su-nghiep"})
_PLACES = (" tỉnh ủy", " thành ủy", " tỉnh", " thành phố")
# Fields printed by their first words alone ("Sở Nông nghiệp"); which department is meant depends on the day.
_FIELDS = frozenset({"nông nghiệp", "giáo dục", "văn hóa", "lao động", "kế hoạch"})
_DEPARTMENT = "sở"
# Between the abbreviated parts of a name, where a mark or a blank may stand: NN&MT, NN MT, NNMT.
_MAYBE = "\N{MIDDLE DOT}"


class Named(Protocol):
    """A body as far as its names go."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def kind(self) -> str:
        """Its kind."""

    @property
    def name(self) -> str:
        """Its official name."""

    @property
    def names(self) -> tuple[str, ...]:
        """Every declared name."""

    @property
    def valid_from(self) -> date | None:
        """Its first day."""

    @property
    def valid_to(self) -> date | None:
        """Its last day."""


class Word(NamedTuple):
    """A word of a text: its key with abbreviations in full, and where it stands."""

    key: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """Return the words of a folded text."""
    return [Word(_key_of(word[0]), *word.span()) for word in re.finditer(r"\w+", text)]


@lru_cache(maxsize=8192)
def _key_of(word: str) -> str:
    key = match_key(word)
    return ABBREVIATIONS.get(key, key)


def spelling(words: Iterable[Word]) -> str:
    """Return what two spellings of one name share."""
    return " ".join(word.key for word in words if word.key != _AND)


def spelled(text: str) -> str:
    """Return the spelling of a text."""
    return spelling(words_of(folded(text)))


class Names:
    """The names of one registry by their spelling, read as far as they are asked for."""

    def __init__(self, bodies: Mapping[str, Named]) -> None:
        """Hold the bodies by their id."""
        self._bodies = bodies
        self._by_letter: dict[str, Names] = {}

    @cached_property
    def all(self) -> dict[str, tuple[str, frozenset[str]]]:
        """Letters of a spelling → id and the spellings themselves; what is formed for two bodies is nobody's."""
        return _index(self._bodies.values())

    @cached_property
    def letters(self) -> frozenset[str]:
        """Return every spelling without blanks, also those without their place."""
        return frozenset((*self.all, *map(letters_of, self.bare)))

    @cached_property
    def across(self) -> frozenset[str]:
        """Spellings of the names that contain a mark which otherwise ends a name."""
        return frozenset(
            spelled(name) for body in self._bodies.values() for name in body.names if re.search(r"[;:()/]", name)
        )

    @cached_property
    def bare(self) -> dict[str, list[Named]]:
        """Spelling without the place behind it, or of a department's first field → the bodies it may mean."""
        found: dict[str, list[Named]] = {}
        for body in self._bodies.values():
            for key in dict.fromkeys(_bare(body)):
                if not self.find(key):
                    found.setdefault(key, []).append(body)
        return found

    def find(self, key: str) -> str | None:
        """Return the id of the body a spelling means."""
        agency_id, known = self.all.get(letters_of(key), ("", frozenset()))
        return agency_id if key in known or any(_fits(key, one) for one in known) else None

    def find_bare(self, key: str, day: date | None = None) -> str | None:
        """Return the id of the body that a name without its place means on a day (today's, where no day is given)."""
        bodies = self.bare.get(key, ())
        fits = [body for body in bodies if _lived(body, day)] if len(bodies) > 1 else bodies
        return fits[0].id if len(fits) == 1 else None

    def _like(self, letter: str) -> "Names":
        """Return the names of the bodies that a spelling with this first letter may mean."""
        if letter not in self._by_letter:
            self._by_letter[letter] = Names({one.id: one for one in self._bodies.values() if _may_begin(one, letter)})
        return self._by_letter[letter]

    def resolve(self, text: str) -> str | None:
        """Return the id of the body a whole text names, in any spelling."""
        key = spelled(text)
        like = self._like(loose_key(key[:1]))
        if found := like.find(key) or like.find_bare(key):
            return found
        if key != loose_key(key):
            return None
        fits = {agency_id for agency_id, known in like.all.values() if any(_fits(key, loose_key(one)) for one in known)}
        return fits.pop() if len(fits) == 1 else None


def _may_begin(body: Named, letter: str) -> bool:
    """Whether a name of the body begins with a letter, which abbreviations keep."""
    return any(loose_key(name[:1]) == letter for name in body.names)


def _index(bodies: Iterable[Named]) -> dict[str, tuple[str, frozenset[str]]]:
    index: dict[str, tuple[str, frozenset[str]]] = {}
    formed: dict[str, list[tuple[str, str]]] = {}
    for body in bodies:
        for name in body.names:
            _add(index, spelled(name), body.id)
        for key in _derived(body):
            formed.setdefault(letters_of(key), []).append((key, body.id))
    for found in formed.values():
        if len({agency_id for _, agency_id in found}) == 1:
            for key, agency_id in found:
                _add(index, key, agency_id)
    return index


def _add(index: dict[str, tuple[str, frozenset[str]]], key: str, agency_id: str) -> None:
    owner, known = index.get(letters_of(key), (agency_id, frozenset()))
    # A name without a word, as "..." or "và", is nobody's.
    if owner == agency_id and key:
        index[letters_of(key)] = (owner, known | {key})


def letters_of(key: str) -> str:
    """Return a spelling without blanks."""
    return key.replace(" ", "").replace(_MAYBE, "")


def _fits(key: str, known: str) -> bool:
    """Whether a spelling is a known one: blanks stand between the same words, and anywhere between abbreviated parts."""
    at = 0
    for letter in known:
        if letter == _MAYBE:
            at += key.startswith(" ", at)
        elif key.startswith(letter, at):
            at += 1
        else:
            return False
    return at == len(key)


def _derived(body: Named) -> Iterator[str]:
    """Yield the abbreviated spellings of a department or ministry: each part in full or by its first letters."""
    head, _, rest = match_key(body.name).partition(" ")
    if body.kind not in {"so", "bo"} or head not in {_DEPARTMENT, "bộ"} or not rest:
        return
    parts = [part.split() for part in re.split(rf"\s*(?:[,;-]|\b{_AND}\b)\s*", rest) if part]
    choices = [
        ("".join(word[0] for word in part), " ".join(ABBREVIATIONS.get(word, word) for word in part)) for part in parts
    ]
    for choice in product(*(range(2) for _ in parts)):
        key = head
        for place, (full, part) in enumerate(zip(choice, choices, strict=True)):
            both_short = place and not full and not choice[place - 1]
            key += (_MAYBE if both_short else " ") + part[full]
        yield key
    if head == _DEPARTMENT:
        yield "s" + _MAYBE.join(initials for initials, _ in choices)


def _bare(body: Named) -> Iterator[str]:
    if body.kind == "so":
        first = re.split(r"[,;&-]| và ", body.name.partition(" ")[2])[0]
        if (field := spelled(first)) in _FIELDS:
            yield f"{_DEPARTMENT} {field}"
    if body.kind in _SHORTENED or (body.kind == "dang" and body.name.startswith("Ban ")):
        for name in body.names:
            key = spelled(name)
            place = next((place for place in _PLACES if key.endswith(place)), None)
            if place:
                yield key.removesuffix(place)


def _lived(body: Named, day: date | None) -> bool:
    if day is None:
        return body.valid_to is None
    return (body.valid_from is None or body.valid_from <= day) and (body.valid_to is None or day <= body.valid_to)


# --- suggestions ---

_LEVELS = {"tinh": "tinh", "huyen": "huyen", "quan": "huyen", "xa": "xa", "phuong": "xa"}
_EMPTY = frozenset({"va", "cac", "cua", "thuoc", "cap", "thanh", "pho", "thi", *_LEVELS})
_ALIKE = 0.75
_NEAR = 0.6
_SAME = 0.9
_SAME_KIND = 0.85
# A word by itself is met by chance: "không" is nearly the "thông" of "giao thông".
_ONLY_ALIKE = 0.8
_LETTERS_TO_COMPARE = 4
# One word each in suggestions: they share nothing with "ủy ban", and in a province a "thành ủy" is that of a district.
_PARTY_WORDS = {"tinh uy": "tinhuy", "thanh uy": "capuythanhpho"}
_PARTY = re.compile(r"\b(?:tinh|thanh) uy\b(?! ban)")


def nearest(asked: str, bodies: Iterable[Named], limit: int = 3) -> tuple[str, ...]:
    """Return the official names nearest to a name nobody bears, compared word by word, of the same kind of body only."""
    wanted = _Asked(asked)
    scores: dict[str, float] = {}
    for body in bodies:
        score = max((wanted.score(name) for name in body.names), default=0.0)
        if score:
            scores[body.name] = max(score, scores.get(body.name, 0.0))
    best = max(scores.values(), default=0.0)
    # Only what is about as near as the nearest is worth naming: a clear slip has one answer.
    close = sorted((name for name, score in scores.items() if score >= best - 0.05), key=lambda name: -scores[name])
    return tuple(close[:limit])


class _Asked:
    def __init__(self, text: str) -> None:
        self._head, self._words = _loose_words(text)
        self._level = _level(self._words)
        self._letters = "".join(self._words)

    def score(self, name: str) -> float:
        """Return how near a name is, 0 where it is another kind of body or another level."""
        head, words = _loose_words(name)
        level = _level(words)
        if _ratio(head, self._head) < _SAME_KIND or (self._level and level and level != self._level):
            return 0.0
        mine, theirs = _content(self._words), _content(words)
        shared = _shared(mine, theirs)
        ratio = 2 * shared / (len(mine) + len(theirs)) if shared else 0.0
        if mine and shared > len(mine) - 0.5 and (len(mine) > 1 or shared == 1):
            ratio = max(ratio, _NEAR)
        # A blank too many or too few makes other words of the same letters.
        joined = _ratio(self._letters, "".join(words)) if mine else 0.0
        return max(ratio if ratio >= _NEAR else 0.0, joined if joined >= _SAME else 0.0)


def _loose_words(text: str) -> tuple[str, list[str]]:
    """Return what kind of body a name is of, and its other words; accents and "các" left out."""
    name = re.sub(r"^cac ", "", " ".join(re.findall(r"\w+", _in_full(loose_key(text)))))
    name = _PARTY.sub(lambda found: _PARTY_WORDS[found[0]], name)
    head = next((head for head in _HEADS if f"{name} ".startswith(f"{head} ")), name.partition(" ")[0])
    return head, name.removeprefix(head).split()


def _in_full(text: str) -> str:
    return re.sub(r"\b(?:ubnd|hdnd|mttq|ubmttq)\b", lambda short: _LOOSE_FULL[short[0]], text)


_LOOSE_FULL = {
    "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
    "mttq": "mat tran to quoc",
    "ubmttq": "uy ban mat tran to quoc",
}
# Kinds of bodies whose name is more than one word.
_HEADS = (
    *_LOOSE_FULL.values(),
    "cong an",
    "cong ty",
    "toa an",
    "vien kiem sat",
    "ban quan ly",
    "van phong",
    "trung tam",
    "chi cuc",
    "ngan hang",
)


def _level(words: list[str]) -> str | None:
    """Return the level in a name; in a province a "thành phố" is a district, in a city nothing is called "tỉnh"."""
    found = next((_LEVELS[word] for word in words if word in _LEVELS), None)
    return found or ("thanh pho" if "thanh pho" in " ".join(words) else None)


def _content(words: list[str]) -> list[str]:
    return [word for word in words if word not in _EMPTY]


def _shared(mine: list[str], theirs: list[str]) -> float:
    """Return how many words two names share; a word that is only alike counts less."""
    left = list(theirs)
    count = 0.0
    for word in sorted(mine, key=lambda one: one not in left):
        if found := word if word in left else next((other for other in left if _alike(word, other)), None):
            left.remove(found)
            count += 1 if found == word else _ONLY_ALIKE
    return count


def _alike(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) >= _LETTERS_TO_COMPARE and _ratio(one, other) >= _ALIKE)


def _ratio(one: str, other: str) -> float:
    from difflib import SequenceMatcher

    return SequenceMatcher(None, one, other).ratio()
