"""A volume to its file, an EPUB: texts, pictures, and the sound of each chapter, its takes laid end to end (layer 3).

Nothing in the file is packed: nine tenths of it are sound that cannot be, and what a packer makes depends on its
version. So the same volume has the same bytes everywhere, and a reader can start in the midst of the sound.

Source: W3C, EPUB 3.3, section 4 (OCF); PKWARE, ".ZIP File Format Specification".
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from audiobuild.audio.clip import Clip
from audiobuild.audio.codec import encode_take
from audiobuild.model.values import SAMPLE_RATE_HZ
from audiobuild.publish.episodes.episode import Form, Written, digest
from audiobuild.publish.formats.sound_writing import joined_frames
from audiobuild.publish.readalong.chapter_page import STYLE, render_chapter
from audiobuild.publish.readalong.narration import render_narration
from audiobuild.publish.readalong.package_document import (
    COVER_PAGE,
    COVER_PICTURE,
    NAV,
    PACKAGE,
    STYLE_FILE,
    file_of,
    render_cover,
    render_nav,
    render_package,
)
from audiobuild.publish.readalong.volume import Volume
from audiobuild.store.artefacts import Store, written_whole

FOLDER = "EPUB"
MEDIA_TYPE = b"application/epub+zip"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment that a ZIP file knows: every file in it is of that time."""
_UNIX, _PLAIN_FILE = 3, 0o100644
_CONTAINER = f"""<?xml version="1.0" encoding="UTF-8"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles>
<rootfile full-path="{FOLDER}/{PACKAGE}" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""


def write_volume(path: Path, form: Form, volume: Volume, store: Store) -> Written:
    """Write a volume; a file of that name is replaced once the new one is whole.

    Raises:
        OutputError: the folder cannot be written.
        SoundGone: the store has not the sound of a take.
    """
    silence = encode_take(Clip.silence(0, SAMPLE_RATE_HZ, form.channels), 1, form.bit_rate_kbps)
    with written_whole(path) as file, zipfile.ZipFile(file, "w") as archive:
        for name, data in _files(volume):
            archive.writestr(_entry(name), data)
        for number, chapter in enumerate(volume.chapters, 1):
            entry = _entry(f"{FOLDER}/{file_of(number, '.mp3')}")
            # An upper bound, by which is seen beforehand whether 32 bits will count it.
            entry.file_size = sum(part.bytes for part in chapter.parts) + 2 * len(silence)
            with archive.open(entry, "w") as sound:
                for frames in joined_frames(chapter.parts, store, silence):
                    sound.write(frames)
    return digest(path)


def _files(volume: Volume) -> Iterator[tuple[str, bytes]]:
    """All but the sound; the first tells at a glance what the file is."""
    yield "mimetype", MEDIA_TYPE
    yield "META-INF/container.xml", _CONTAINER.encode()
    inside: Iterable[tuple[str, bytes]] = (
        (PACKAGE, render_package(volume).encode()),
        (NAV, render_nav(volume).encode()),
        (STYLE_FILE, STYLE.encode()),
        (COVER_PAGE, render_cover(volume).encode()),
        (COVER_PICTURE, volume.cover),
        *_chapter_files(volume),
    )
    for name, data in inside:
        yield f"{FOLDER}/{name}", data


def _chapter_files(volume: Volume) -> Iterator[tuple[str, bytes]]:
    for number, chapter in enumerate(volume.chapters, 1):
        page, picture = file_of(number, ".xhtml"), file_of(number, ".jpg")
        yield page, render_chapter(chapter, volume.manifest.language, picture).encode()
        yield file_of(number, ".smil"), render_narration(chapter, page, file_of(number, ".mp3")).encode()
        if chapter.picture:
            yield picture, chapter.picture


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.create_system, entry.external_attr = _UNIX, _PLAIN_FILE << 16
    return entry
