"""Tags of languages as people write them to tags as they should be (layer 0)."""

from __future__ import annotations

import re

_NONE = frozenset({"und", "mul", "zxx", "mis", "root"})
"""Languages that are none: not told, several, no words, no code (ISO 639-2)."""


def language_tag(text: str) -> str:
    """Write a language's tag in its usual capitals; a locale with an underscore is one as well, what is none is empty.

    Source: BCP 47, section 2.1.1.

    >>> language_tag("en_gb.UTF-8"), language_tag("C"), language_tag("zh-hant"), language_tag("und")
    ('en-GB', '', 'zh-Hant', '')
    """
    parts = text.strip().split(".")[0].replace("_", "-").split("-")
    if not re.fullmatch(r"[A-Za-z]{2,3}", parts[0]) or parts[0].lower() in _NONE:
        return ""
    usual = (part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part for part in parts[1:])
    return "-".join([parts[0].lower(), *usual])
