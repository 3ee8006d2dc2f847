"""Readers of documents over damaged ones: run as a module, it tries as many as it is told, and says what it found.

    python -m tests.reader_fuzz COUNT [SEED]

Each input is a sound document, cut at some byte or with some of its bytes changed; what comes of it must be articles,
or one clear error, and in time. PDFs are a fiftieth of all, since each has a process of its own.
"""

from __future__ import annotations

import io
import random
import sys
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Iterator

from audiobuild.errors import AudiobuildError
from audiobuild.sources.readers import READERS
from audiobuild.sources.remote.feed_entries import read_entry, read_feed
from tests.books import pack
from tests.known_documents import FILES, PAGES, PAPERS

FEED = (
    b'<?xml version="1.0"?><rss version="2.0"><channel><title>Mud</title><item><title>Rain</title><link>https://a.example'
    b"</link><pubDate>Wed, 04 Mar 2026 07:12:00 GMT</pubDate><description>&lt;p&gt;It rained.&lt;/p&gt;"
    b"</description></item></channel></rss>"
)


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Cut a document, or change some of its bytes."""
    if chance.random() < 0.3:
        return data[: chance.randrange(len(data))]
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 3, 30))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def damaged_within(data: bytes, chance: random.Random) -> bytes:
    """Damage one of the files that are packed into a document, and pack it as if nothing had happened."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files: dict[str, bytes] = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice([name for name, content in files.items() if content])
    return pack({**files, name: damaged(files[name], chance)})


def read(suffix: str, data: bytes) -> None:
    """Read it all."""
    if suffix == ".xml":
        for entry in read_feed(data, "mud.xml")[1]:
            read_entry(entry, "mud.xml")
    else:
        list(READERS[suffix](data, f"mud{suffix}", ""))


def tried(count: int, seed: int) -> Iterator[str]:
    """Try so many, and say what came of it."""
    chance = random.Random(seed)
    sound = [(path.suffix, path.read_bytes()) for path in (*FILES, *PAGES)] + [(".xml", FEED)] * 4
    papers = [(path.suffix, path.read_bytes()) for path in PAPERS]
    outcomes: Counter[tuple[str, str]] = Counter()
    slowest: dict[str, float] = {}
    for number in range(count):
        suffix, whole = chance.choice(papers if number % 50 == 0 else sound)
        is_packed = whole.startswith(b"PK") and chance.random() < 0.8
        data = damaged_within(whole, chance) if is_packed else damaged(whole, chance)
        start = time.process_time()
        try:
            read(suffix, data)
            outcome = "read"
        except AudiobuildError as error:
            outcome = "an error" if "\n" not in str(error) else "a long error"
        except Exception:  # a defect is what this looks for
            outcome = "A DEFECT"
            yield f"{suffix}, input {number} of seed {seed}:\n{traceback.format_exc()}"
        slowest[suffix] = max(slowest.get(suffix, 0), time.process_time() - start)
        outcomes[suffix, outcome] += 1
    for (suffix, outcome), times in sorted(outcomes.items()):
        yield f"{suffix:6} {outcome:10} {times:7}"
    yield "slowest, in seconds: " + ", ".join(f"{suffix} {slow:.2f}" for suffix, slow in sorted(slowest.items()))


if __name__ == "__main__":
    for line in tried(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1):
        print(line, flush=True)
