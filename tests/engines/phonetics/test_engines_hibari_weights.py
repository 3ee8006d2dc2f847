"""The weights of hibari's tagger, packed."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from audiobuild.engines.phonetics.hibari_weights import Weights, read_packed


def test_packed_weights_are_those_of_the_file_to_the_last_bit(tmp_path: Path) -> None:
    weights = {"b": {"NN": 7.1, "VBN": -2.3}, "s3=ced": {"VBD": 33.9, "VBN": 40.6}}
    model = {"tags": ["NN"], "tagdict": {"the": "DT"}, "weights": weights}
    path = tmp_path / "tagger.json.gz"
    path.write_bytes(gzip.compress(json.dumps(model).encode()))
    read = read_packed(path)
    packed = Weights(read["weights"])
    assert {feature: packed.get(feature) for feature in weights} == weights
    assert [list(packed.get(feature) or {}) for feature in weights] == [list(each) for each in weights.values()]
    assert packed.get("w=unknown") is None
    assert (read["tags"], read["tagdict"]) == (["NN"], {"the": "DT"})


def test_other_data_is_read_as_it_is(tmp_path: Path) -> None:
    data = {"a": "ɐ", "read": {"DEFAULT": "ɹˈid", "VBD": "ɹˈɛd"}, "none": {"DEFAULT": None}, "empty": {}}
    (tmp_path / "lexicon.json").write_text(json.dumps(data), encoding="utf-8")
    assert read_packed(tmp_path / "lexicon.json") == data
