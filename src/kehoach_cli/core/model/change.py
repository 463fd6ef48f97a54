"""A change between two versions of a plan, a registry or a submission."""

from enum import StrEnum

from msgspec import Struct

from kehoach_cli.core.model.finding import KeyPath


class ChangeKind(StrEnum):
    """What became of a value or an entry. A renumbered entry keeps its content under another id."""

    ADDED = "added"
    DROPPED = "dropped"
    MOVED = "moved"
    RENUMBERED = "renumbered"
    CHANGED = "changed"


class ChangeTopic(StrEnum):
    """What a value is about. `ENTRY` is for whole entries: added, dropped, moved or renumbered."""

    WORDING = "wording"
    TARGET = "target"
    AGENCY = "agency"
    TIME = "time"
    IDENTITY = "identity"
    ENTRY = "entry"
    REGISTRY = "registry"
    SUBMISSION = "submission"


class Part(StrEnum):
    """What kind of entry holds the value."""

    PLAN = "plan"
    DOCUMENT = "document"
    BASIS = "basis"
    OBJECTIVE = "objective"
    FUNDING = "funding"
    REPORTING = "reporting"
    CLAUSE = "clause"
    SECTION = "section"
    TASK = "task"
    INDICATOR = "indicator"
    CONDITION = "condition"
    COST = "cost"
    STEP = "step"
    PROVINCE = "province"
    BODY = "body"
    GROUP = "group"
    SUCCESSOR = "successor"
    SUBMISSION = "submission"
    REPORTED_TASK = "reported task"
    REPORTED_INDICATOR = "reported indicator"
    REPORTED_FUNDING = "reported funding"


class Change(Struct, frozen=True):
    """One change: `old` and `new` are as the files write them, None where there is nothing.

    `entry` is the id of the entry, or of the nearest one around it that has an id. `field` is the key of the value in its entry
    ("as_issued.lead"), empty where the whole entry changed. `path` is the place in the new file (of the key if `at_key`); what
    was dropped is placed at what held it. `old` and `new` of a move are the neighbours before it, of an entry its first words.
    `renumbered` says of a move that the entry has a new id, too. `was` is the place of the entry in the old file, or of what
    held it there for one that was added.
    """

    kind: ChangeKind
    topic: ChangeTopic
    part: Part
    entry: str
    field: str
    path: KeyPath
    old: str | None = None
    new: str | None = None
    at_key: bool = False
    renumbered: bool = False
    was: KeyPath = ()
