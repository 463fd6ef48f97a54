"""Findings of every kind, for the tests of all formats."""

from kehoach_cli.core.model.finding import Finding, Severity
from kehoach_cli.render.machine.lint_formats import RuleInfo

LINE = '            targets: {2025: "tối thểu 80"}'
TARGET = Finding(
    "K301",
    Severity.ERROR,
    "plans/đắk lắk.yaml",
    'mục tiêu "tối thểu 80" không hiểu được',
    1235,
    29,
    hint='viết "tối thiểu 80"?',
    excerpt=LINE,
)
LEADS = Finding(
    "K209", Severity.WARNING, "plans/kh-176.yaml", "nhiệm vụ II.1 giao cho 2 cơ quan", 7, 3, excerpt="  lead:"
)
WHOLE = Finding("K001", Severity.INFO, "plans/kh-176.yaml", "100% tệp\nchưa dùng")
FINDINGS = (TARGET, LEADS, WHOLE)
RULES = (
    RuleInfo("K209", "several-leads", "Nhiều cơ quan chủ trì", "Vì sao.\n\n    Hai\n    dòng.", Severity.WARNING),
    RuleInfo("K301", "target-not-understood", "Mục tiêu không hiểu được", "Viết {2025: 80}.", Severity.ERROR),
)
SLUGS = {rule.code: rule.slug for rule in RULES}
# Escape, bell, right-to-left override, a lone surrogate, a character XML forbids.
NASTY = "\x1b[31m\x07\u202e\udc80\ufffe"
