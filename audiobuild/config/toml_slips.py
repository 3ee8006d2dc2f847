"""Slips in show.toml, told with their line and how it should read (layer 0, pure)."""

from __future__ import annotations

import re

from audiobuild.errors import ConfigError

_PLACE = re.compile(r"(?P<what>.*) \(at line (?P<line>\d+), column \d+\)", re.DOTALL)
_BARE = re.compile(r"\s*(?P<key>[\w.-]+)\s*=\s*(?P<value>[^\W\d_][^\"'\[\]{}#=]*?)\s*(?:#.*)?")
_UNCLOSED = re.compile(r"\s*(?P<key>[\w.-]+)\s*=\s*[\"'](?P<value>[^\"'#]+)")
_HEAD = re.compile(r"\s*\[+\s*(?P<name>[\w.\" -]*)")
_NAMES = re.compile(r"\('.*'\)|\('.*',\)")
"""How the reader names a table."""
_MOST_TOLD = 500
"""How much of what the reader says is told, with names that may be of any length."""
_COLON = re.compile(r"(?P<key>[\w.-]+)\s*:\s*[\"']?(?P<value>.+?)[\"']?")
_SWITCHES = {"True": "true", "False": "false", "yes": "true", "no": "false", "on": "true", "off": "false"}
_TWICE = ("overwrite", "twice")
_HINT = 'Each line reads: key = "value".'


def toml_slip(text: str, told: str, where: str) -> ConfigError:
    """Say what is wrong with the text of a file that is no TOML.

    Args:
        text: the file's.
        told: what its reader says of it.
        where: the file.

    >>> error = toml_slip("title = My show", "Invalid value (at line 1, column 9)", "show.toml")
    >>> str(error), error.hint
    ('show.toml:1: this is no TOML: invalid value', 'Put text in quotation marks: title = "My show".')
    """
    found = _PLACE.fullmatch(told)
    if found is None:
        return ConfigError(f"this is no TOML: {told}", where, _HINT)
    what, number = found["what"][:_MOST_TOLD], int(found["line"])
    what = _NAMES.sub(lambda names: ".".join(re.findall("'(.*?)'", names[0])), what)
    lines = text.split("\n")
    line = lines[number - 1].strip() if number <= len(lines) else ""
    return ConfigError(f"this is no TOML: {what[:1].lower()}{what[1:]}", f"{where}:{number}", _hint(line, what))


def _hint(line: str, what: str) -> str:
    """Say how a line should read."""
    if any(word in what for word in _TWICE):
        return "Each table stands in the file once, and each key in its table: put both together, or take one out."
    if re.search("[“”„‘’«»]", line.partition("#")[0]):
        return f"Use straight quotation marks: {re.sub('[“”„‘’«»]', chr(34), line)}"
    if head := _HEAD.fullmatch(line.rstrip("] ")):
        return f"The name of a table stands in brackets, alone in its line: [{head['name'].strip()}]."
    if bare := _BARE.fullmatch(line):
        if switch := _SWITCHES.get(bare["value"]):
            return f"Write {bare['key']} = {switch}."
        return f'Put text in quotation marks: {bare["key"]} = "{bare["value"]}".'
    if unclosed := _UNCLOSED.fullmatch(line):
        return f'End the text with a quotation mark: {unclosed["key"]} = "{unclosed["value"]}".'
    if colon := _COLON.fullmatch(line):
        return f'An equals sign stands behind the key: {colon["key"]} = "{colon["value"]}".'
    return _HINT
