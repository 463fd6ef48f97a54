"""Lint rules: one file per rule, in the folder of its family. Every file named after a code is a rule; no list names them."""

import re
from importlib import import_module
from pkgutil import walk_packages

from kehoach_cli.rules.base import Rule

_RULE_FILE = re.compile(r"k\d{3}_\w+")


def _rules() -> tuple[Rule, ...]:
    """Return the rules in the order of their codes. Packages list their modules from a zip file or a wheel, too."""
    modules = [found.name for found in walk_packages(__path__, f"{__name__}.")]
    rules: list[Rule] = [import_module(name).RULE for name in modules if _RULE_FILE.fullmatch(name.rpartition(".")[2])]
    return tuple(sorted(rules, key=lambda rule: rule.code))


RULES = _rules()
BY_CODE = {rule.code: rule for rule in RULES}
