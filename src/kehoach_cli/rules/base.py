"""What a lint rule is, and what it finds."""

from collections.abc import Callable, Iterable
from enum import StrEnum

from msgspec import Struct

from kehoach_cli.core.model.finding import KeyPath, Severity


class FoundBy(StrEnum):
    """Who finds what a rule describes."""

    LOADER = "loader"
    """Loading the file; the rule only documents the fault."""
    RULE = "rule"
    """The check of the rule, which is given a `SourceFile`."""
    LAYOUT = "layout"
    """The check of the rule, which is given a `WordDocument` and a `LayoutProfile`."""
    ENGINE = "engine"
    """What runs the rules; the rule only documents the fault."""


class Violation(Struct, frozen=True):
    """One place that breaks a rule.

    The place is a key path (of the key itself with `key`, of its value without), a `spot` (line, column) of the text, or, in a
    Word document, a `place` in words. `others` are the values that contradict this one.
    """

    message: str
    path: KeyPath = ()
    spot: tuple[int, int] | None = None
    key: bool = False
    hint: str | None = None
    place: str | None = None
    others: tuple[KeyPath, ...] = ()


class Rule(Struct, frozen=True, kw_only=True):
    """A rule and its documentation, which is in Vietnamese because `--explain` prints it for the people who edit plans.

    `why` explains the rule. `bad` and `good` are examples in YAML; a caret in a comment below a line of `bad` marks the fault.
    An example is completed with the top-level keys of a small valid file of its `kind`. `found_by` tells who finds the fault and,
    with it, what `check` is given. A rule that `compares` looks at the changes since an older version: `good` is that version and
    `bad` the new one. A rule is one file, named after its code and slug; a code is never used again.
    """

    code: str
    slug: str
    severity: Severity
    found_by: FoundBy
    title: str
    why: str
    bad: str
    good: str
    check: Callable[..., Iterable[Violation]] | None = None
    kind: str = "plan"
    fixable: bool = False
    compares: bool = False
