"""One file while it is read: its text, its tree of values, and what was found wrong so far."""

from collections.abc import Mapping as AnyMapping
from functools import cached_property
from itertools import takewhile
from typing import Any

from kehoach_cli.core.model.finding import Finding, KeyPath, Severity
from kehoach_cli.core.model.source_file import Trap
from kehoach_cli.store.yaml.tree import Mapping, parse, place, value_at


class FileReading:
    """One file while it is read. Readers add findings; `fatal` says that the file cannot be used."""

    def __init__(
        self, file: str, path: str = "", text: str = "", cells: AnyMapping[KeyPath, str] | None = None
    ) -> None:
        """Begin with a text, or with the `cells` of a workbook; `file` is the name in messages."""
        self.file = file
        self.path = path
        self.text = text
        self.cells = cells or {}
        self.traps: tuple[Trap, ...] = ()
        self.findings: list[Finding] = []
        self.fatal = False

    @cached_property
    def tree(self) -> Any:
        """The values of the text with their places. The text is parsed at first use, and syntax errors are reported."""
        parsed = parse(self.text)
        # The rules look at every line: a text that is too large to parse is too large for them.
        if any(problem.code == "K005" for problem in parsed.problems):
            self.text = ""
        self.traps = parsed.traps
        for problem in parsed.problems:
            self.refuse(problem.code, problem.message, problem.mark, problem.hint)
        if parsed.tree is None and not parsed.problems:
            self.refuse("K002", "tệp trống", hint='tệp phải bắt đầu bằng khóa "kehoach:"')
        return parsed.tree

    @property
    def unix_text(self) -> str:
        """The text with every line ended by a line feed."""
        return self.text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in self.text else self.text

    def cell(self, path: KeyPath) -> str | None:
        """Return the cell of a workbook that holds the value at `path`, or its nearest known parent."""
        return next((self.cells[path[:end]] for end in range(len(path), -1, -1) if path[:end] in self.cells), None)

    def mark(self, path: KeyPath) -> tuple[int, int]:
        """Return line and column (1-based) of the value at `path`."""
        return place(self.tree, path)

    def cut_text(self, path: KeyPath) -> tuple[str, str] | None:
        """Return key and text of the value that commas cut into pieces, where the key at `path` is such a piece.

        In braces a comma ends a value without quotes; what follows becomes a key without a value.
        """
        parent = value_at(self.tree, path[:-1])
        keys = list(parent) if isinstance(parent, Mapping) and path[-1] in parent else []
        place_of = keys.index(str(path[-1])) if keys else 0
        pieces = list(takewhile(lambda key: parent[key] is None, reversed(keys[: place_of + 1])))
        if not pieces or len(pieces) > place_of:
            return None
        first = keys[place_of - len(pieces)]
        after = list(takewhile(lambda key: parent[key] is None, keys[place_of + 1 :]))
        (line, start), (last_line, end) = parent.marks[first][1], parent.marks[(pieces[:1] + after)[-1]][0]
        text = self.unix_text.split("\n")[line - 1] if line else ""
        if line != last_line or text[start - 1 : start] in {'"', "'", ""} or "," not in text[start:end]:
            return None
        return first, text[start - 1 : end - 1] + (pieces[:1] + after)[-1]

    def ids(self, key: str) -> set[str]:
        """Return the texts under a top-level key of the file, or of each document in its list."""
        trees = self.tree if isinstance(self.tree, list) else [self.tree]
        return {found for tree in trees if isinstance(tree, Mapping) and isinstance(found := tree.get(key), str)}

    def refuse(self, code: str, message: str, mark: tuple[int, int] = (1, 1), hint: str | None = None) -> None:
        """Add an error at a place of the text that makes the file unusable."""
        self.findings.append(Finding(code, Severity.ERROR, self.file, message, *mark, (), hint))
        self.fatal = True

    def report(
        self, code: str, path: KeyPath, message: str, *, key: bool = False, hint: str | None = None, soft: bool = True
    ) -> None:
        """Add an error at `path` (at its key if `key`); one that is not `soft` makes the file unusable."""
        line, column = place(self.tree, path, key=key)
        cell = self.cell(path)
        self.findings.append(Finding(code, Severity.ERROR, self.file, message, line, column, path, hint, cell=cell))
        self.fatal = self.fatal or not soft

    def remark(self, code: str, path: KeyPath, message: str, hint: str, *, key: bool = False) -> None:
        """Add what is understood, but better written otherwise (at the key if `key`)."""
        line, column = place(self.tree, path, key=key)
        self.findings.append(Finding(code, Severity.INFO, self.file, message, line, column, path, hint))
