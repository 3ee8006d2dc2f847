"""Markdown's rules, each asked only where its sign stands (layer 1, pure).

markdown-it asks every rule at every line and at every mark, though most look at the first character and no further.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from markdown_it import MarkdownIt
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

_BlockRule = Callable[[StateBlock, int, int, bool], bool]
_InlineRule = Callable[[StateInline, bool], bool]

_BLOCK_SIGNS: Mapping[str, str] = {
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*+-0123456789",
    "footnote_def": "[",
    "reference": "[",
    "html_block": "<",
    "heading": "#",
}
"""What a line begins with in which such a rule may hold; others are asked at every line."""
_INLINE_SIGNS: Mapping[str, str] = {
    "newline": "\n",
    "escape": "\\",
    "backticks": "`",
    "strikethrough": "~",
    "emphasis": "*_",
    "footnote_inline": "^",
    "footnote_ref": "[",
    "link": "[",
    "image": "!",
    "autolink": "<",
    "html_inline": "<",
    "entity": "&",
}
_WORDS = r"[^\n\\`~*_^\[\]!<&]|!(?!\[)|\^(?!\[)|&(?![#A-Za-z])|<(?![\w/!?.#$%&'*+=^`{|}~-])"
_TEXT = re.compile(rf"(?:{_WORDS}|\])+")
"""What no rule begins with, within a paragraph."""
_TEXT_IN_LABEL = re.compile(rf"(?:{_WORDS})+")
"""The same, up to what may end the label of a link."""


def ask_by_sign(parser: MarkdownIt) -> None:
    """Have a parser ask each of its rules only where it may hold; none can be added any more."""
    parser.block.ruler = _BlockRules(parser.block.ruler)
    parser.inline.ruler = _InlineRules(parser.inline.ruler)


class _BlockRules(Ruler[_BlockRule]):
    """Rules of blocks: each chain of them is one rule."""

    def __init__(self, rules: Ruler[_BlockRule]) -> None:
        super().__init__()
        self.__rules__ = rules.__rules__
        chains = {"", *(chain for rule in rules.__rules__ for chain in rule.alt)}
        self._chains = {chain: [_first_of(self._signed(chain))] for chain in chains}

    def getRules(self, chainName: str = "") -> list[_BlockRule]:  # noqa: N802, N803  # as it is called there
        return self._chains[chainName]

    def _signed(self, chain: str) -> list[tuple[str, _BlockRule]]:
        rules = (rule for rule in self.__rules__ if rule.enabled and (not chain or chain in rule.alt))
        return [(_BLOCK_SIGNS.get(rule.name, ""), rule.fn) for rule in rules]


def _first_of(signed: Sequence[tuple[str, _BlockRule]]) -> _BlockRule:
    """Make one rule of several, of which each that has signs is asked at these alone."""
    others = tuple(rule for signs, rule in signed if not signs)
    by_sign = {
        sign: tuple(rule for signs, rule in signed if not signs or sign in signs)
        for sign in "".join(signs for signs, _ in signed)
    }

    def ask(state: StateBlock, first: int, end: int, silent: bool) -> bool:
        start = state.bMarks[first] + state.tShift[first]
        for rule in by_sign.get(state.src[start : start + 1], others):  # noqa: SIM110  # which is quicker
            if rule(state, first, end, silent):
                return True
        return False

    return ask


class _InlineRules(Ruler[_InlineRule]):
    """Rules of what stands within a paragraph, as one rule."""

    def __init__(self, rules: Ruler[_InlineRule]) -> None:
        super().__init__()
        active = [
            (_INLINE_SIGNS[rule.name], rule.fn) for rule in rules.__rules__ if rule.enabled and rule.name != "text"
        ]
        signs = "".join(signs for signs, _ in active)
        self._rules = [_at_sign({sign: tuple(rule for signs, rule in active if sign in signs) for sign in signs})]

    def getRules(self, chainName: str = "") -> list[_InlineRule]:  # noqa: N802, N803  # as it is called there
        return self._rules


def _at_sign(by_sign: Mapping[str, Sequence[_InlineRule]]) -> _InlineRule:
    def ask(state: StateInline, silent: bool) -> bool:
        text = (_TEXT_IN_LABEL if silent else _TEXT).match(state.src, state.pos, state.posMax)
        if text:
            state.pos = text.end()
            if not silent:
                state.append_pending(text[0])
            return True
        for rule in by_sign.get(state.src[state.pos], ()):  # noqa: SIM110  # which is quicker
            if rule(state, silent):
                return True
        return False

    return ask
