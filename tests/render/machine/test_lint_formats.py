"""Findings for other programs, read back by other programs."""

import json
import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from sarif_pydantic import Level, Result, Sarif

from kehoach_cli.core.model.finding import Finding, Related, Severity
from kehoach_cli.render.machine.lint_formats import render_github, render_junit, render_sarif
from tests.render.findings import FINDINGS, LEADS, NASTY, RULES, TARGET, WHOLE

ROOT = PurePosixPath("/srv/kế hoạch")
SCHEMA = json.loads(Path(__file__).with_name("sarif-2.1.0-subset.schema.json").read_text(encoding="utf-8"))
COMMAND = re.compile(r"::(error|warning|notice) ([^:]*?)::(.*)")


def sarif(findings: Iterable[Finding]) -> Any:
    """The log, checked against the schema."""
    log = json.loads(render_sarif(findings, RULES, ROOT, "1.2.3"))
    jsonschema.Draft202012Validator(SCHEMA).validate(log)
    return log


def results(*findings: Finding) -> list[Any]:
    listed = sarif(findings)["runs"][0]["results"]
    assert isinstance(listed, list)
    return listed


def fingerprints(*findings: Finding) -> list[str]:
    return [result["partialFingerprints"]["kehoachFinding/v1"] for result in results(*findings)]


def uri_of(file: str) -> dict[str, str]:
    place = results(replace(LEADS, file=file))[0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert isinstance(place, dict)
    return place


def test_the_schema_is_one_and_refuses_faults() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    log = sarif(FINDINGS)
    log["runs"][0]["results"][0]["level"] = "info"
    log["runs"][0]["results"][1]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] = "plans/đ.yaml"
    assert len(list(jsonschema.Draft202012Validator(SCHEMA).iter_errors(log))) == 2


def test_sarif_read_back_by_an_independent_reader() -> None:
    log = Sarif.model_validate_json(render_sarif(FINDINGS, RULES, ROOT, "1.2.3"))
    (run,) = log.runs
    driver = run.tool.driver
    assert (driver.name, driver.version) == ("kehoach", "1.2.3")
    assert [(rule.id, rule.name, rule.short_description.text, rule.help_uri) for rule in driver.rules] == [
        ("K209", "several-leads", "Nhiều cơ quan chủ trì", None),
        ("K301", "target-not-understood", "Mục tiêu không hiểu được", None),
    ]
    assert driver.rules[0].full_description.text == "Vì sao.\n\nHai dòng."
    assert [rule.default_configuration.level for rule in driver.rules] == ["warning", "error"]
    read: dict[str, Result] = {result.rule_id: result for result in run.results}
    assert {code: result.level for code, result in read.items()} == {
        "K301": Level.ERROR,
        "K209": Level.WARNING,
        "K001": Level.NOTE,
    }
    assert [read[code].rule_index for code in ("K209", "K301", "K001")] == [0, 1, None]
    assert read["K301"].message.text == 'mục tiêu "tối thểu 80" không hiểu được (viết "tối thiểu 80"?)'
    place = read["K301"].locations[0].physical_location
    assert unquote(place.artifact_location.uri) == "plans/đắk lắk.yaml"
    assert place.artifact_location.uri_base_id == "%SRCROOT%"
    assert (place.region.start_line, place.region.start_column) == (1235, 29)
    assert TARGET.excerpt[place.region.start_column - 1 :].startswith('"tối thểu')
    assert read["K001"].locations[0].physical_location.region is None


def test_sarif_columns_count_characters_from_a_named_folder() -> None:
    run = sarif(FINDINGS)["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["originalUriBaseIds"] == {"%SRCROOT%": {"uri": "file:///srv/k%E1%BA%BF%20ho%E1%BA%A1ch/"}}


def test_sarif_gives_the_other_places_of_a_contradiction() -> None:
    (result,) = results(replace(TARGET, related=(Related(1240, 9), Related(1250, 3))))
    places = [one["physicalLocation"] for one in result["relatedLocations"]]
    assert [place["region"] for place in places] == [
        {"startLine": 1240, "startColumn": 9},
        {"startLine": 1250, "startColumn": 3},
    ]
    assert {place["artifactLocation"]["uri"] for place in places} == {
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    }
    assert "relatedLocations" not in results(TARGET)[0]


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("plans/đắk-lắk.yaml", "plans/%C4%91%E1%BA%AFk-l%E1%BA%AFk.yaml"),
        ("a:b c#d?e%f.yaml", "a%3Ab%20c%23d%3Fe%25f.yaml"),
        ("./plans/../x.yaml", "x.yaml"),
        ("/srv/kế hoạch/plans/x.yaml", "plans/x.yaml"),
    ],
)
def test_sarif_names_files_relative_and_encoded(file: str, uri: str) -> None:
    assert uri_of(file) == {"uri": uri, "uriBaseId": "%SRCROOT%"}


@pytest.mark.parametrize("file", ["../khác/x.yaml", "/srv/khác/x.yaml"])
def test_sarif_names_files_elsewhere_in_full(file: str) -> None:
    assert uri_of(file) == {"uri": "file:///srv/kh%C3%A1c/x.yaml"}


def test_sarif_messages_hold_no_placeholder_link_or_control() -> None:
    message = f"targets: {{0}} tasks[3] [xem](http://vi.du){NASTY}"
    text = results(replace(WHOLE, message=message))[0]["message"]["text"]
    assert text == r"targets: {{0}} tasks[3] \[xem](http://vi.du)" + "\ufffd[31m" + "\ufffd" * 4
    rules = sarif([])["runs"][0]["tool"]["driver"]["rules"]
    assert rules[1]["fullDescription"]["text"] == "Viết {{2025: 80}}."


def test_a_fingerprint_does_not_depend_on_the_line() -> None:
    moved = replace(TARGET, line=9, column=33, excerpt=f"    {TARGET.excerpt}")
    assert fingerprints(TARGET) == fingerprints(moved) == fingerprints(replace(TARGET, file="./plans/đắk lắk.yaml"))


def test_fingerprints_tell_findings_apart() -> None:
    others = [
        replace(TARGET, file="plans/x.yaml"),
        replace(TARGET, code="K302"),
        replace(TARGET, excerpt="khác"),
        replace(TARGET, line=2000),
        WHOLE,
        replace(WHOLE, message="khác"),
    ]
    assert len(set(fingerprints(TARGET, *others))) == 7


def test_the_order_of_findings_does_not_matter() -> None:
    again = replace(TARGET, line=2000)
    assert results(TARGET, again, LEADS) == results(LEADS, again, TARGET)


def test_github_golden() -> None:
    assert render_github(FINDINGS) == (
        "::error file=plans/đắk lắk.yaml,line=1235,col=29,title=kehoach K301::"
        'mục tiêu "tối thểu 80" không hiểu được%0Aviết "tối thiểu 80"?\n'
        "::warning file=plans/kh-176.yaml,line=7,col=3,title=kehoach K209::nhiệm vụ II.1 giao cho 2 cơ quan\n"
        "::notice file=plans/kh-176.yaml,title=kehoach K001::100%25 tệp chưa dùng\n"
        "Tổng cộng: 1 lỗi, 1 cảnh báo, 1 lưu ý trong 2 tệp.\n"
    )


def test_github_without_findings_is_only_the_total() -> None:
    assert render_github([]) == "Không có vấn đề nào.\n"


def decoded(text: str) -> str:
    for code, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, char)
    return text


def test_github_escapes_what_would_end_a_property_or_a_line() -> None:
    file = "a,b:c%d\r\n::error::e.yaml"
    command, total = render_github([replace(LEADS, file=file, message="::error::x\r\ny %0A")]).splitlines()
    found = COMMAND.fullmatch(command)
    assert found
    properties = dict(part.split("=", 1) for part in found[2].split(","))
    assert decoded(properties.pop("file")) == file
    assert properties == {"line": "7", "col": "3", "title": "kehoach K209"}
    assert found[3] == "::error::x  y %250A"
    assert not total.startswith("::")


@given(st.builds(Finding, st.just("K101"), st.sampled_from(Severity), st.text(min_size=1), st.text(), hint=st.text()))
def test_github_is_one_line_per_finding(finding: Finding) -> None:
    lines = render_github([finding]).split("\n")
    assert len(lines) == 3
    assert COMMAND.fullmatch(lines[0])
    assert "\x1b" not in lines[0]


def cases(text: str) -> list[ET.Element]:
    top = ET.fromstring(text.encode())  # noqa: S314 - our own output
    (suite,) = top
    assert top.tag == "testsuites"
    listed = list(suite)
    assert suite.get("tests") == top.get("tests") == str(len(listed))
    assert suite.get("failures") == str(sum(case.find("failure") is not None for case in listed))
    return listed


def test_junit_has_one_case_per_file() -> None:
    good, kh176, dak_lak = cases(render_junit(FINDINGS, ["plans/tốt.yaml", "plans/kh-176.yaml", "plans/tốt.yaml"]))
    assert [case.get("name") for case in (good, kh176, dak_lak)] == [
        "plans/tốt.yaml",
        "plans/kh-176.yaml",
        "plans/đắk lắk.yaml",
    ]
    assert list(good) == []
    assert [child.tag for child in kh176] == ["system-out"]
    assert len((kh176[0].text or "").splitlines()) == 2
    assert [(child.tag, child.get("message")) for child in dak_lak] == [("failure", "1 lỗi")]
    assert (dak_lak[0].text or "").startswith("plans/đắk lắk.yaml:1235:29: lỗi K301: mục tiêu")


def test_junit_strict_fails_on_warnings() -> None:
    (case,) = cases(render_junit([LEADS, WHOLE], [LEADS.file], strict=True))
    assert [(child.tag, child.get("message")) for child in case] == [("failure", "1 cảnh báo"), ("system-out", None)]


def test_junit_puts_all_failures_of_a_file_into_one_element() -> None:
    (case,) = cases(render_junit([TARGET, replace(TARGET, line=2000)], []))
    assert [child.get("message") for child in case] == ["2 lỗi"]
    assert len((case[0].text or "").splitlines()) == 2


def test_junit_golden() -> None:
    assert render_junit([replace(TARGET, file="a.yaml", message="<&>", hint=None)], ["a.yaml"]) == (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<testsuites name="kehoach lint" tests="1" failures="1" errors="0">\n'
        '  <testsuite name="kehoach lint" tests="1" failures="1" errors="0">\n'
        '    <testcase classname="kehoach lint" name="a.yaml" file="a.yaml">\n'
        '      <failure type="lint" message="1 lỗi">a.yaml:1235:29: lỗi K301: &lt;&amp;&gt;</failure>\n'
        "    </testcase>\n"
        "  </testsuite>\n"
        "</testsuites>\n"
    )


@given(st.text(), st.text(min_size=1))
def test_junit_is_xml_whatever_the_data(message: str, file: str) -> None:
    (case,) = cases(render_junit([Finding("K101", Severity.ERROR, file, message + NASTY)], [file]))
    assert case.find("failure") is not None
