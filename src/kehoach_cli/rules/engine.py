"""Runs the rules over one file: what loading found and what the rules find, without what the file itself suppresses."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from msgspec import Struct, field
from msgspec.structs import replace

from kehoach_cli.core.model.finding import Finding, Related, Severity, sorted_findings
from kehoach_cli.core.model.layout_profile import LayoutProfile
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.core.model.word_document import WordDocument
from kehoach_cli.rules import BY_CODE, RULES
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.suppress import Suppression, covered, suppressions

OWN_FAULT, NO_REASON, UNUSED = "K006", "K009", "K010"
_AT_VALUE = False
# Without the right registry nothing is known of the agencies of a plan, so their suppressions are not known to be unused.
_NO_REGISTRY, _UNREADABLE_AGENCIES = frozenset({"K204", "K212"}), "K2"


class Selection(Struct, frozen=True, dict=True):
    """Which findings are wanted, and their severities.

    `select` and `ignore` are prefixes of codes; an empty `select` selects all. `severities` maps prefixes to severities, None
    turns a rule off; of several prefixes that fit a code, the longest counts.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, Severity | None] = field(default_factory=dict)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The wanted rules with a check of source files."""
        return tuple(rule for rule in RULES if rule.found_by is FoundBy.RULE and self.active(rule.code))

    def active(self, code: str) -> bool:
        """Return whether findings of this code are wanted."""
        if self.ignore and code.startswith(self.ignore):
            return False
        prefix = self._prefix(code)
        off = prefix is not None and self.severities[prefix] is None
        return not off and (not self.select or code.startswith(self.select))

    def severity(self, code: str, own: Severity) -> Severity:
        """Return the severity a finding of this code has; the loader gives each of its findings its own."""
        rule, prefix = BY_CODE.get(code), self._prefix(code)
        default = rule.severity if rule and rule.found_by is not FoundBy.LOADER else own
        return (prefix and self.severities[prefix]) or default

    def _prefix(self, code: str) -> str | None:
        return max((prefix for prefix in self.severities if code.startswith(prefix)), key=len, default=None)


def lint(document: SourceFile, selection: Selection) -> list[Finding]:
    """Return the findings of one file in reading order, with the source line of each."""
    return lint_for_cache(document, selection)[0]


def lint_for_cache(document: SourceFile, selection: Selection) -> tuple[list[Finding], bool]:
    """Return the findings of one file, and whether the next run will find the same.

    It may not after a fault of the program itself, even where that finding is not wanted.
    """
    everything = [*document.found, *_run(document, selection)]
    found = [finding for finding in everything if selection.active(finding.code)]
    comments = list(suppressions(document))
    silent = {(comment.target, code) for comment in comments if comment.explained for code in comment.codes}
    used: set[tuple[int, str]] = set()
    kept = []
    for finding in found:
        if silent and (places := covered(finding, document) & silent):
            used |= places
        else:
            kept.append(finding)
    kept += [
        finding for finding in _check_comments(document, comments, used, selection) if selection.active(finding.code)
    ]
    findings = sorted_findings(
        replace(
            finding, severity=selection.severity(finding.code, finding.severity), excerpt=_line(document, finding.line)
        )
        for finding in kept
    )
    return findings, all(finding.code != OWN_FAULT for finding in everything)


def check_layout(file: str, document: WordDocument, profile: LayoutProfile) -> list[Finding]:
    """Return what breaks the rules of layout in a Word document, in the order of the codes."""
    return [
        Finding(rule.code, rule.severity, file, found.message, cell=found.place, hint=found.hint)
        for rule in RULES
        if rule.check and rule.found_by is FoundBy.LAYOUT
        for found in rule.check(document, profile)
    ]


def _run(document: SourceFile, selection: Selection) -> Iterator[Finding]:
    for rule in selection.rules:
        # Where the syntax is broken, a suppression cannot cover its whole value, so remarks of level INFO would come back.
        readable = document.value is not None or bool(document.starts) or rule.severity is not Severity.INFO
        if rule.check and readable:
            try:
                yield from [_finding(document, rule, found) for found in rule.check(document)]
            except Exception as error:  # noqa: BLE001 - a fault in one rule must not stop the others
                message = f"quy tắc {rule.code} gặp lỗi nội bộ ({type(error).__name__}); hãy báo cho nhóm phát triển"
                yield Finding(OWN_FAULT, Severity.ERROR, document.file, message, 1, 1)


def _finding(document: SourceFile, rule: Rule, found: Violation) -> Finding:
    line, column = found.spot or document.place(found.path, found.key)
    cell = document.cell(found.path)
    related = tuple(Related(*document.place(path, _AT_VALUE), document.cell(path)) for path in found.others)
    return Finding(
        rule.code,
        rule.severity,
        document.file,
        found.message,
        line,
        column,
        found.path,
        found.hint,
        cell=cell,
        related=related,
    )


def _check_comments(
    document: SourceFile, comments: list[Suppression], used: set[tuple[int, str]], selection: Selection
) -> Iterator[Finding]:
    """Yield what is wrong with the suppressions themselves: no reason, no such code, nothing to suppress."""
    unchecked = _UNREADABLE_AGENCIES if any(finding.code in _NO_REGISTRY for finding in document.found) else "-"
    for comment in comments:
        unknown = [code for code in comment.codes if code not in BY_CODE]
        unused = [
            code
            for code in comment.codes
            if (comment.target, code) not in used and _is_expected(code, selection) and not code.startswith(unchecked)
        ]
        if fault := _fault(comment, unknown):
            message, hint = fault
            yield Finding(NO_REASON, Severity.ERROR, document.file, message, comment.line, comment.column, hint=hint)
        elif unused and document.value is not None:
            message = f"không còn gì để bỏ qua: {', '.join(unused)}"
            yield Finding(
                UNUSED, Severity.WARNING, document.file, message, comment.line, comment.column, hint="xóa ghi chú này"
            )


def _fault(comment: Suppression, unknown: list[str]) -> tuple[str, str] | None:
    """Return why a suppression has no effect, and the mend."""
    if not comment.understood:
        return "ghi chú bỏ qua viết sai nên không có tác dụng", 'viết "# kehoach: ignore[K204] lý do"'
    if not comment.codes or unknown:
        return (
            f"bỏ qua mã không có: {', '.join(unknown) or 'để trống'}",
            "ghi mã như trong thông báo của lint, ví dụ K204",
        )
    if not comment.explained:
        told = f'; "{comment.reason}" không nói vì sao' if comment.reason else ""
        return f"bỏ qua mà không nêu lý do{told}", "viết sau dấu ngoặc vì sao dữ liệu đúng như văn bản"
    return None


def _is_expected(code: str, selection: Selection) -> bool:
    """Return whether a suppression of a code must have something to suppress; a change is there until the next comparison."""
    return selection.active(code) and not (code in BY_CODE and BY_CODE[code].compares)


def _line(document: SourceFile, number: int) -> str:
    return document.lines[number - 1] if 0 < number <= len(document.lines) else ""
