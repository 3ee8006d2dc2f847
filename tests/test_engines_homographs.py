"""Words that are spelt alike are said as the sentence has them."""

from __future__ import annotations
