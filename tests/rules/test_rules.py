"""Every rule: its bad example fires exactly its code at the caret, its good example fires nothing, its documentation is whole."""

import re
from pathlib import Path

import pytest

from kehoach_cli import rules
from kehoach_cli.rules import BY_CODE, RULES
from kehoach_cli.rules.base import FoundBy, Rule
from tests.rules.workspaces import file_of, lay_over, linted

# Faults that no YAML example can show; other tests cover them.
NO_EXAMPLE = {
    "K001",
    "K006",
    "K007",
    "K011",
    "K130",
    "K140",
    "K141",
    "K142",
    "K143",
    "K144",
    "K131",
    "K528",
    "K529",
    "K650",
}
EVERY_RULE = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
SHOWN = pytest.mark.parametrize(
    "rule", [rule for rule in RULES if rule.code not in NO_EXAMPLE and rule.kind != "docx"], ids=lambda rule: rule.code
)


@SHOWN
def test_the_bad_example_fires_exactly_its_code_where_the_caret_points(rule: Rule, tmp_path: Path) -> None:
    laid = lay_over(rule.bad, rule.kind)
    found = linted(tmp_path, rule.kind, laid.text, older=_older(rule))
    assert laid.carets, "no caret"
    assert [(finding.code, finding.line, finding.column) for finding in found] == [
        (rule.code, *at) for at in laid.carets
    ]
    assert {finding.file.endswith(file_of(rule.kind, laid.text)) for finding in found} == {True}


@SHOWN
def test_the_good_example_fires_nothing(rule: Rule, tmp_path: Path) -> None:
    found = linted(tmp_path, rule.kind, lay_over(rule.good, rule.kind).text, older=_older(rule))
    assert [(finding.code, finding.line, finding.message) for finding in found] == []


def _older(rule: Rule) -> str | None:
    """Return the version that a rule on changes compares with: its good example."""
    return lay_over(rule.good, rule.kind).text if rule.compares else None


@EVERY_RULE
def test_the_documentation_is_whole(rule: Rule) -> None:
    assert re.fullmatch(r"K[0-8]\d\d", rule.code)
    assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)+", rule.slug)
    module = f"{rule.code.lower()}_{rule.slug.replace('-', '_')}"
    assert len(list(Path(rules.__file__).parent.glob(f"*/{module}.py"))) == 1
    assert rule.title[0].isupper()
    assert not rule.title.endswith(".")
    why = " ".join(rule.why.split())
    assert why.endswith(".")
    assert len(why) > 80


@EVERY_RULE
def test_a_rule_has_a_check_where_the_check_finds_it(rule: Rule) -> None:
    assert (rule.check is not None) == (rule.found_by in {FoundBy.RULE, FoundBy.LAYOUT})
    assert (rule.found_by is FoundBy.LAYOUT) <= (rule.kind == "docx")


def test_codes_and_slugs_are_unique_and_in_order() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
    assert len({rule.slug for rule in RULES}) == len(RULES) == len(BY_CODE)


def test_every_rule_file_is_registered() -> None:
    files = {path.stem for path in Path(rules.__file__).parent.rglob("k[0-9]*.py")}
    assert files == {f"{rule.code.lower()}_{rule.slug.replace('-', '_')}" for rule in RULES}


def test_every_code_the_program_reports_is_documented() -> None:
    package = Path(rules.__file__).parent.parent
    sources = [path for folder in ("store", "rules", "word", "cli") for path in (package / folder).rglob("*.py")]
    reported = {code for path in sources for code in re.findall(r'"(K[0-8]\d\d)"', path.read_text(encoding="utf-8"))}
    assert reported == set(BY_CODE)
