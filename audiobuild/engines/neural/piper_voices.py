"""The voices of Piper: those that are well known, and what the configuration of a voice says (layer 3)."""

from __future__ import annotations

import difflib
import functools
import json
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from audiobuild.engines import Download, VoiceInfo
from audiobuild.errors import EngineError

_COLLECTION = "https://huggingface.co/rhasspy/piper-voices/resolve/main"
_WARNING = "finetuned from lessac, whose recordings are licensed for research alone: commercial use is limited"


def collected_voices(folder: Path) -> dict[str, VoiceInfo]:
    """List the well-known voices, and behind them those that lie in a folder beside the fetched ones, by name."""
    known = _known(folder)
    names = sorted(path.stem for path in folder.glob("*.onnx") if path.with_name(f"{path.name}.json").is_file())
    return known | {name: VoiceInfo(name, _language(name), "put there by hand") for name in names if name not in known}


def read_speaker(path: Path, speaker: str | int) -> int:
    """Find the number of a speaker of a voice, by the name or the number that the settings have.

    Raises:
        EngineError: the voice has no such speaker; names the nearest.
    """
    beside = path.with_name(f"{path.name}.json")
    try:
        config: Mapping[str, Any] = json.loads(beside.read_text(encoding="utf-8"))
        names: Mapping[str, int] = config.get("speaker_id_map") or {}
        count, first = int(config.get("num_speakers", 1)), int(config.get("default_speaker_id", 0))
    except (OSError, ValueError, AttributeError) as error:
        raise EngineError(f"it is no configuration of a voice: {error}", str(beside)) from error
    if speaker == "":
        return first
    if str(speaker) in names:
        return names[str(speaker)]
    if str(speaker).isdecimal() and int(speaker) < max(1, count):
        return int(speaker)
    near = difflib.get_close_matches(str(speaker), names, n=1)
    hint = f"Did you mean {near[0]}?" if near else f"It has {count}: the first is 0."
    raise EngineError(f"the voice {path.stem!r} has no speaker {speaker!r}", "[engines.piper] speaker", hint)


@functools.cache
def _known(folder: Path) -> dict[str, VoiceInfo]:
    rows = files("audiobuild.engines.neural").joinpath("piper_voices.tsv").read_text(encoding="utf-8").splitlines()
    return {row.split("\t")[0]: _read(row.split("\t"), folder) for row in rows if row and not row.startswith("# ")}


def _read(row: list[str], folder: Path) -> VoiceInfo:
    name, description, licence, credit, lineage, *data = row
    code, voice, quality = name.split("-")
    place = f"{_COLLECTION}/{code.partition('_')[0]}/{code}/{voice}/{quality}"
    downloads = tuple(
        Download(f"{place}/{name}{ending}", folder / f"{name}{ending}", sha256, int(size))
        for ending, sha256, size in ((".onnx", *data[:2]), (".onnx.json", *data[2:]))
    )
    return VoiceInfo(name, _language(name), description, licence, credit, _WARNING if lineage else "", downloads)


def _language(name: str) -> str:
    """Read the language in a voice's name; "und" where it has none.

    >>> _language("en_GB-cori-medium"), _language("mine")
    ('en-GB', 'und')
    """
    code, dash, _ = name.partition("-")
    return code.replace("_", "-") if dash else "und"
