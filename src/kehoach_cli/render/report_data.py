"""The data of reports in one text: Markdown for people, JSON for programs."""

from collections.abc import Iterable, Sequence

from kehoach_cli.core.model.finding import Finding
from kehoach_cli.core.model.revision import Revision
from kehoach_cli.core.report.model import LetterData, ReportData
from kehoach_cli.render.check import period_record
from kehoach_cli.render.machine.data_formats import render_json, render_markdown, with_revision
from kehoach_cli.render.report import report_listing, report_record


def report_text(
    reports: Sequence[ReportData | LetterData],
    format_: str,
    findings: Iterable[Finding],
    revision: Revision | None = None,
    *,
    trace: bool,
) -> str:
    """Return what the reports say as `md` or `json`; with `trace`, where each figure comes from."""
    if format_ == "md":
        return render_markdown(report_listing(reports, trace=trace))
    summary = {**period_record(reports[0].period), "as_of": max(one.as_of for one in reports), "count": len(reports)}
    records = [report_record(one, trace=trace) for one in reports]
    return render_json("report", records, list(findings), with_revision(summary, revision))
