"""A disk that fails once, at a bad moment: what was published is whole, and the next build puts all right."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.fuzzing import ROOT
from tests.tools import require

CALL = """import sys
from pathlib import Path
from random import Random
from torture_builds import write_issue
from torture_calls import torture_calls
base = Path(sys.argv[1])
write_issue(base / "articles" / "issue1", 7, Random(1))
torture_calls(base, 2, watched=("out/the-quay-2026-11-07.json",))
"""


def test_a_manifest_that_cannot_be_read_or_written_once_is_not_published_beside_itself(tmp_path: Path) -> None:
    require("cc")
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "scripts" / "torturing")}
    done = subprocess.run([sys.executable, "-c", CALL, tmp_path], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "failing calls, once: 2: " in done.stdout
    assert "WRONG" not in done.stdout, done.stdout
