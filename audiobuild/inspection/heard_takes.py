"""What came of listening to takes, kept in the store beside them: nothing is heard twice (layer 3)."""

from __future__ import annotations

import json
from dataclasses import asdict

from audiobuild import __version__
from audiobuild.inspection.misheard import Comparison, Run
from audiobuild.store.artefacts import Store


def keep_heard(store: Store, take_key: str, said: str, told: Comparison, model: str) -> None:
    """Keep what a model heard of a take.

    Args:
        take_key: the take's address.
        said: the text that it was held against.
        told: what came of that.
        model: what listened.

    Raises:
        OutputError: the store cannot be written.
    """
    facts = {"version": __version__, "model": model, "said": said, "told": asdict(told)}
    store.put(_key(take_key), json.dumps(facts, ensure_ascii=False).encode())


def read_heard(store: Store, take_key: str, said: str, model: str | None = None) -> Comparison | None:
    """Read what was heard of a take; None where nobody has listened to it.

    Args:
        take_key: the take's address.
        said: the text that it is held against; what another was held against counts for nothing.
        model: what must have listened, with this version; None for any.
    """
    data = store.get(_key(take_key))
    facts = json.loads(data) if data else {}
    if facts.get("said") != said or (model is not None and (facts["version"], facts["model"]) != (__version__, model)):
        return None
    told = facts["told"]
    return Comparison(tuple(Run(**run) for run in told["runs"]), told["words"], told["otherwise"])


def _key(take_key: str) -> str:
    return f"heard/{take_key.partition('/')[2]}"
