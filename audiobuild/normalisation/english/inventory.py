"""Every rule, in the order in which they are tried at the same place (layer 1, pure)."""

from __future__ import annotations

from importlib import import_module
from pkgutil import walk_packages

from audiobuild.normalisation.english import rules
from audiobuild.normalisation.english.lexis.lists import load_lines
from audiobuild.normalisation.rule import Rule

_FOUND = (import_module(each.name) for each in walk_packages(rules.__path__, f"{rules.__name__}."))
MODULES = tuple(module for module in _FOUND if hasattr(module, "RULES"))
"""The modules of rules; others of the package hold what rules share."""
_NAMED: dict[str, Rule] = {rule.name: rule for module in MODULES for rule in module.RULES}

ORDER = tuple(load_lines("rule_order"))
"""The names of the rules, first to last."""

RULES: tuple[Rule, ...] = tuple(_NAMED[name] for name in ORDER)
