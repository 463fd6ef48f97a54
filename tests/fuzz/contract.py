"""The contract of every run, whatever its input: exit codes, Vietnamese words, places, time and memory."""

import json
import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from tests.fuzz.inputs import Case

MOST_SECONDS = 5.0
MOST_BYTES = 2**29

_FINDING = re.compile(
    r"^(?P<file>.+?):(?P<place>\d+(?::\d+)?| ô \S.*?)?:? ?(?P<weight>lỗi|cảnh báo|lưu ý) (?P<code>K\d{3}):? ",
    re.MULTILINE,
)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_VIETNAMESE = re.compile("[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]", re.IGNORECASE)
# English words of Python and the libraries, which must never reach a user.
_FOREIGN = re.compile(
    r"Traceback|Errno|object at 0x|[Ee]xpected|[Ii]nvalid [a-z]|should be|required property|Field required|Input should"
    r"|not (?:found|allowed|supported)|unexpected|[Uu]nable to|[Cc]annot|codec can't|No such|must be|\bNone\b"
)


@dataclass(frozen=True)
class Ran:
    """The result of a run."""

    code: int
    out: str
    err: str
    seconds: float
    memory: int = 0
    strays: tuple[str, ...] = field(default=())
    # Whether a second run of the same command gave another answer.
    differs: bool = False


def wrong(case: Case, ran: Ran) -> list[str]:
    """Return the parts of the contract that the run breaks."""
    found = []
    if ran.code not in {0, 1, 2, 3}:
        found.append(f"exit {ran.code}")
    # SARIF lists every rule, K006 too.
    if (
        "kehoach: lỗi nội bộ" in ran.err
        or "gặp lỗi nội bộ khi đọc" in ran.err + ran.out
        or "K006" in ran.err
        or re.search(r'"(?:ruleId|code)": "K006"', ran.out)
    ):
        found.append("own fault")
    if "Traceback" in ran.err or "Traceback" in ran.out:
        found.append("traceback")
    if ran.seconds > MOST_SECONDS:
        found.append(f"slow: {ran.seconds:.1f} s")
    if ran.memory > MOST_BYTES:
        found.append(f"memory: {ran.memory // 2**20} MiB")
    if ran.differs:
        found.append("another answer from the cache")
    found += [f"stray file {name}" for name in ran.strays]
    return found + _words(case, ran) + _places(case, ran) + _output(case, ran)


def _words(case: Case, ran: Ran) -> list[str]:
    found = []
    if control := _CONTROL.search(ran.err):
        found.append(f"control character U+{ord(control[0]):04X} on stderr")
    # Commands that check documents report unreadable ones on stdout.
    told = ran.code == 2 or not {"check-docx", "templates"} & set(case.arguments)
    if ran.code in {2, 3} and not _reason(ran.err if told else ran.out + ran.err, told=told):
        found.append("no Vietnamese reason")
    # Words in quotes are those of the user.
    ours = re.sub(r'"[^"]*"|“[^”]*”', '""', ran.err)
    if foreign := _FOREIGN.search(ours):
        found.append(f"foreign words: {ours[max(0, foreign.start() - 60) : foreign.end() + 60]!r}")
    return found


def _reason(said: str, *, told: bool) -> bool:
    return any(
        (line.startswith("kehoach: ") or not told) and _VIETNAMESE.search(unicodedata.normalize("NFC", line))
        for line in said.splitlines()
    )


def _places(case: Case, ran: Ran) -> list[str]:
    """Return findings whose place does not exist."""
    found = []
    for finding in _FINDING.finditer(ran.err):
        name, place = finding["file"], finding["place"]
        # A file that is not read has no lines.
        if not place and not name.endswith((".xlsx", ".docx")) and "K011" not in finding[0]:
            found.append(f"no place: {finding[0]}")
        data = case.files.get(name)
        if data and place and place[0].isdigit():
            lines = len(re.split(rb"\r\n|\r|\n", data))
            if not 1 <= int(place.partition(":")[0]) <= lines:
                found.append(f"no such line: {finding[0]} of {lines}")
    return found


def _output(case: Case, ran: Ran) -> list[str]:
    line = case.arguments
    if ran.code in {0, 1} and "json" in line and not {"-o", "--output", "--version"} & set(line) and ran.out:
        try:
            json.loads(ran.out, parse_constant=_refuse)
        except ValueError as error:
            return [f"no JSON: {error}"]
    if "--diff" not in line and (control := _CONTROL.search(ran.out.replace("\r\n", "\n"))):
        return [f"control character U+{ord(control[0]):04X} on stdout"]
    return []


def _refuse(word: str) -> None:
    raise ValueError(word)


def strays(folder: Path, case: Case) -> tuple[str, ...]:
    """Return the temporary files and the files outside the workspace that a run left."""
    outside = [str(path.relative_to(folder)) for path in folder.iterdir() if path.name not in {"ws", "cache"}]
    workspace = folder / "ws"
    found = (path for path in workspace.rglob(".*.tmp") if str(path.relative_to(workspace)) not in case.files)
    unfinished = [path.name for path in found]
    return (*outside, *unfinished)
