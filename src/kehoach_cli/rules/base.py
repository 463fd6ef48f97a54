"""What a lint rule is."""

from collections.abc import Callable, Iterable
from typing import TypeAlias

from msgspec import Struct

from kehoach_cli.core.model.finding import KeyPath, Severity
from kehoach_cli.core.model.source_file import SourceFile


class Hit(Struct, frozen=True):
    """What a rule found: at a key path (at its key if `key`), or at a `spot` (line, column) of the text."""

    message: str
    path: KeyPath = ()
    spot: tuple[int, int] | None = None
    key: bool = False
    hint: str | None = None


Check: TypeAlias = Callable[[SourceFile], Iterable[Hit]]


class Rule(Struct, frozen=True):
    """A rule with its documentation, which is all in Vietnamese because `--explain` prints it to the people who edit plans.

    `why` explains, `bad` and `good` are examples in YAML (a caret in a comment line below points at the fault); top-level keys
    an example leaves out are those of a small valid file of its `kind`. `check` is None where loading a file finds the fault.
    A rule is one file, named after code and slug, and stands in `RULES`; a code is never reused.
    """

    code: str
    slug: str
    severity: Severity
    title: str
    why: str
    bad: str
    good: str
    check: Check | None = None
    kind: str = "plan"
    fixable: bool = False
