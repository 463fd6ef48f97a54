"""The result of `check` as JUnit XML, for continuous integration."""

from collections.abc import Sequence
from itertools import groupby
from xml.etree import ElementTree as ET

from kehoach_cli.core.check.evaluation import Verdict
from kehoach_cli.core.check.submissions import Check, CheckRow
from kehoach_cli.core.check.wording import verdict_word
from kehoach_cli.core.duties.coverage import PlanCoverage, Sent
from kehoach_cli.core.model.finding import Finding, Severity
from kehoach_cli.render.coverage import SENT
from kehoach_cli.render.labels import finding_text
from kehoach_cli.viet.text import without_controls


def check_junit(result: Check, findings: Sequence[Finding]) -> str:
    """Return one suite for the indicators of each plan, one for the submissions it asks for, and one for the findings.

    A missed target and a missing submission are failures; an invalid value is an error; an indicator without data is skipped.
    """
    root = ET.Element("testsuites", name="kehoach check")
    for plan_id, rows in groupby(result.rows, key=lambda row: row.plan.id):
        suite = ET.SubElement(root, "testsuite", name=f"{plan_id}: chỉ tiêu {result.period.text}")
        for row in rows:
            _indicator(suite, row)
    for covered in result.coverage:
        if covered.rule:
            _coverage(ET.SubElement(root, "testsuite", name=f"{covered.plan.id}: báo cáo của các đơn vị"), covered)
    suite = ET.SubElement(root, "testsuite", name="Cần làm rõ")
    for finding in findings:
        _finding(suite, finding)
    for suite in root:
        suite.set("tests", str(len(suite)))
        for outcome, count in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
            suite.set(count, str(len(suite.findall(f"*/{outcome}"))))
    ET.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _finding(suite: ET.Element, finding: Finding) -> None:
    case = ET.SubElement(suite, "testcase", name=without_controls(finding.where), classname=finding.code)
    if finding.severity is Severity.ERROR:
        ET.SubElement(case, "failure", message=without_controls(finding.message)).text = finding_text(finding)
    else:
        ET.SubElement(case, "system-out").text = finding_text(finding)


def _indicator(suite: ET.Element, row: CheckRow) -> None:
    name = f"{row.ref} {row.indicator.name}" + (f" [{row.agency}]" if row.agency else "")
    case = ET.SubElement(suite, "testcase", name=without_controls(name), classname=row.plan.id)
    evaluation = row.evaluation
    message = without_controls(f"{verdict_word(evaluation, row.entry)}. {evaluation.reason}".strip(". "))
    if evaluation.invalid:
        ET.SubElement(case, "error", message=message)
    elif evaluation.verdict in {Verdict.MISSED, Verdict.PARTLY}:
        ET.SubElement(case, "failure", message=message)
    elif evaluation.verdict is Verdict.NO_DATA:
        ET.SubElement(case, "skipped", message=message)


def _coverage(suite: ET.Element, covered: PlanCoverage) -> None:
    for row in covered.rows:
        if row.state is not Sent.OPTIONAL:
            case = ET.SubElement(
                suite, "testcase", name=without_controls(row.sender.agency.name), classname=covered.plan.id
            )
            if row.state in {Sent.MISSING, Sent.LATE, Sent.REFUSED}:
                ET.SubElement(case, "failure", message=SENT[row.state])
            elif row.state is Sent.AWAITED:
                ET.SubElement(case, "skipped", message=SENT[row.state])
