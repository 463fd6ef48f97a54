"""What `check` shows: all submissions, or what concerns one agency."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kehoach_cli.cli.runtime.options import Format
from kehoach_cli.cli.runtime.session import Result, say, say_all, say_some
from kehoach_cli.cli.runtime.submission_faults import submission_faults
from kehoach_cli.core.check.own import Own, form_senders, own_check
from kehoach_cli.core.check.submissions import Check, left_out
from kehoach_cli.core.model.agency import Agency
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.finding import Severity
from kehoach_cli.viet.dates import format_date

if TYPE_CHECKING:
    from kehoach_cli.render.listing import Listing, Sheet
    from kehoach_cli.store.workspace.load import Workspace


class CheckView:
    """What is shown of a check: all of it, or what concerns the agencies asked or the one agency that sent the forms given."""

    def __init__(self, workspace: "Workspace", result: Check, own: Own | None, *, whole: bool) -> None:
        """Find what is wrong in the submissions, and keep it apart from what others sent; single forms are all one's own."""
        self._result, self._own, self._whole = result, own, whole
        self._catalogue = workspace.catalogue
        self._findings = submission_faults(workspace)
        files = {document.file for document in workspace.submission_files}
        found = [*(finding for finding in workspace.findings if finding.file in files), *self._findings]
        mine = own.files if own and whole else files
        self.shown = own.check if own else result
        self._mine = [one for one in found if one.file in mine]
        self._others = [one for one in found if one.file not in mine]
        self._files = files

    @property
    def faulty(self) -> bool:
        """Whether a rule found an error in what is shown."""
        shown = set(self._mine)
        return any(one.severity is Severity.ERROR and one in shown for one in self._findings)

    def say_findings(self, workspace: "Workspace", format_: Format) -> None:
        """Print what the result does not show: a table has what is wrong in submissions."""
        listed = self._files if format_ in {Format.TABLE, Format.MD} else frozenset()
        say_some(one for one in workspace.findings if one.file not in listed)
        if format_ is Format.CSV:
            say_all(self._findings)
        if not self._whole:
            self._say_other_periods()
        self._say_left_out()

    def _say_other_periods(self) -> None:
        """Print which of the forms given are of another period: nothing of them is in the result."""
        asked = self._result.period
        others = {one.file: one.period for one in self._catalogue.submissions if one.period != asked}
        for file, period in others.items():
            say(f'"{file}" là báo cáo {period.text}, không đối chiếu với {asked.text}; xem bằng {period.option}.')

    def _say_left_out(self) -> None:
        """Print which submissions are later than the day asked for: otherwise they look as if nobody had sent them."""
        plans = {count.plan.id for count in self._result.tasks}
        sent = (one for one in self._catalogue.submissions if one.plan in plans)
        if later := left_out(sent, self._result.period, self._result.as_of):
            say(f"Không dùng số liệu chốt sau ngày {format_date(self._result.as_of)}: {', '.join(later)}.")

    def answer(self, *, by: str, explain: bool) -> Result:
        """Return the result in every format. Records are those of the whole check, and say which are the agency's own."""
        from kehoach_cli.render import check as view
        from kehoach_cli.render.machine.check_junit import check_junit

        directory = self._catalogue.directory
        return Result(
            name="check",
            records=self._records,
            listing=lambda: self._listing(by=by, explain=explain),
            book=self._book,
            junit=lambda: check_junit(self.shown, self._mine),
            sheet=lambda: view.check_sheet(self.shown, directory),
            summary=self._summary(),
            findings=self._findings,
        )

    def _records(self) -> list[dict[str, Any]]:
        from kehoach_cli.render.check import check_record

        own = {(row.ref, row.agency) for row in self.shown.rows}
        period = self._result.period
        return [check_record(row, period) | {"own": (row.ref, row.agency) in own} for row in self._result.rows]

    def _listing(self, *, by: str, explain: bool) -> "Listing":
        from kehoach_cli.render import check as view
        from kehoach_cli.render.own_check import own_listing

        if self._own is None:
            return view.check_listing(self._result, self._catalogue, self._mine, by=by, explain=explain)
        directory = self._catalogue.directory
        return own_listing(self._own, directory, self._mine, self._others, by=by, explain=explain)

    def _book(self) -> "Sequence[tuple[str, Sheet]]":
        from kehoach_cli.render import check as view
        from kehoach_cli.render.own_check import own_book

        directory = self._catalogue.directory
        if self._own is None:
            return view.check_book(self._result, directory, self._mine)
        return own_book(self._own, directory, self._mine)

    def _summary(self) -> dict[str, Any]:
        from kehoach_cli.render.check import summary
        from kehoach_cli.render.own_check import own_record

        return summary(self._result) | {"own": own_record(self._own) if self._own else None}


def what_is_own(catalogue: Catalogue, result: Check, bodies: tuple[Agency, ...], *, whole: bool) -> Own | None:
    """Return what concerns the agencies asked, else the one that sent all the forms given; None where there is no such agency."""
    if bodies:
        return own_check(catalogue, result, bodies)
    if whole:
        return None
    senders = form_senders(catalogue)
    plans = frozenset(one.plan for one in catalogue.submissions)
    return own_check(catalogue, result, senders, plans) if len(senders) <= 1 else None
