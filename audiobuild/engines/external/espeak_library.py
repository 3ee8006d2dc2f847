"""The library espeak-ng through ctypes: text -> PCM and the places of its words; the list of its voices (layer 3).

The library and its data come in the package `espeakng_loader`. What the library does unasked, and what is done here:

- It keeps hidden state, so that the same text sounds a little different on each call: it is loaded afresh for every
  call and unloaded behind it. This costs less than a millisecond.
- It seeds the breath of some voices ("+whisper") from the clock: it is given a fixed seed.
- It cannot hold a data path of 160 bytes: a longer one is reached by a short link for the length of the call.
- It would end the whole process where its data are missing: it is told not to.
- It obeys commands in control characters, in plain text too: they become spaces.
- It is confused about places by no-break spaces: they become plain ones, as does all white space.

Source: the public header `espeak-ng/speak_lib.h` of espeak-ng 1.52, for every number and structure below.
"""

from __future__ import annotations

import _ctypes
import ctypes
import os
import re
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import espeakng_loader

from audiobuild.errors import EngineError

WORDS_A_MINUTE = range(80, 451)
"""The speeds that the library knows."""

NORMAL_PITCH = 50
"""The voice's own pitch, and the voice's own range of melody: the library knows 0 to 99 of each."""

_PATH_BYTES = 160
"""Size of the library's buffer for the data path, the closing zero included."""

_SYNCHRONOUS = 2
_DONT_EXIT = 1 << 15
_RATE, _PITCH, _PITCH_RANGE = 1, 3, 4
_UTF8 = 1  # and not 0x10, which would read SSML
_PHONEMES = 0x100  # in [[ ]]
_IPA = 2
_FROM_CHARACTER = 1
_WORD_EVENT = 1
_SEED = 1

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]|\s")


class _Event(ctypes.Structure):
    """espeak_EVENT."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),  # of the word's first character, from 1
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),  # in milliseconds
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_uint64),  # a union of a number, a pointer and eight characters
    )


class _VoiceRecord(ctypes.Structure):
    """espeak_VOICE."""

    _fields_ = (
        ("name", ctypes.c_char_p),
        ("languages", ctypes.c_void_p),  # a byte of priority, a tag and a zero for each; then a zero
        ("identifier", ctypes.c_char_p),
        ("gender", ctypes.c_ubyte),
        ("age", ctypes.c_ubyte),
        ("variant", ctypes.c_ubyte),
        ("reserved", ctypes.c_ubyte),
        ("score", ctypes.c_int),
        ("spare", ctypes.c_void_p),
    )


_Receiver = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.POINTER(_Event))

_lock = threading.Lock()
"""Two threads would share one library, and with it its state."""

if hasattr(os, "register_at_fork"):  # a child forked in the middle of a call would wait for this lock for ever
    os.register_at_fork(before=_lock.acquire, after_in_parent=_lock.release, after_in_child=_lock.release)


@dataclass(frozen=True, slots=True)
class Recital:
    """What the library made of a text."""

    pcm: bytes
    """Mono, 16 bit, in the machine's byte order."""
    rate_hz: int
    marks: tuple[tuple[int, int], ...]
    """For every word that the library tells of: its place in the text, in characters, and its time, in milliseconds."""


@dataclass(frozen=True, slots=True)
class LibraryVoice:
    """A voice as the library lists it."""

    name: str
    """In English, such as "English (Scotland)"."""
    identifier: str
    """What the library loads it by: the only name by which it finds every voice."""
    tags: tuple[tuple[int, str], ...]
    """Languages that it speaks, its own first, in lower case; each with its priority, of which the lowest wins."""


@dataclass(frozen=True, slots=True)
class Melody:
    """How high a voice speaks and how far it moves, each from 0 to 99."""

    pitch: int = NORMAL_PITCH
    pitch_range: int = NORMAL_PITCH


def speak(
    text: str, identifier: str, words_a_minute: int, melody: Melody | None = None, *, with_phonemes: bool = False
) -> Recital:
    """Speak a text.

    Args:
        text: plain text.
        identifier: the voice's.
        words_a_minute: of `WORDS_A_MINUTE`.
        melody: None for the voice's own.
        with_phonemes: whether what stands in double square brackets is read as phonemes.

    Raises:
        EngineError: the library cannot be loaded, does not know the voice, or makes no sound.
    """
    plain = _CONTROL.sub(" ", text).encode("utf-8", "replace") + b"\0"  # one character for one: places still hold
    pcm: list[bytes] = []
    marks: list[tuple[int, int]] = []

    receiver = _receiver(pcm, marks)  # held by this name for as long as the library may call it
    with _fresh_library() as (library, rate_hz):
        library.espeak_SetSynthCallback(receiver)
        if library.espeak_SetVoiceByName(identifier.encode()):
            raise EngineError(f"the voice {identifier!r} cannot be loaded", "espeak")
        library.espeak_SetParameter(_RATE, words_a_minute, 0)
        if melody:
            library.espeak_SetParameter(_PITCH, melody.pitch, 0)
            library.espeak_SetParameter(_PITCH_RANGE, melody.pitch_range, 0)
        size = ctypes.c_size_t(len(plain))
        flags = _UTF8 | (_PHONEMES if with_phonemes else 0)
        status = library.espeak_Synth(plain, size, 0, _FROM_CHARACTER, 0, flags, None, None)
    if status or not any(map(any, pcm)):
        raise EngineError(f"espeak-ng made no sound of {text[:40]!r} (status {status})", "espeak")
    return Recital(b"".join(pcm), rate_hz, tuple(marks))


def _receiver(pcm: list[bytes], marks: list[tuple[int, int]]) -> Any:
    """Make what the library gives its sound and the places of its words to; these are put into the two lists."""

    def receive(samples: int | None, count: int, events: ctypes._Pointer[_Event]) -> int:
        if samples:
            pcm.append(ctypes.string_at(samples, 2 * count))
        index = 0
        while events[index].type:
            if events[index].type == _WORD_EVENT:
                marks.append((events[index].text_position - 1, events[index].audio_position))
            index += 1
        return 0

    return _Receiver(receive)


def transcribe(texts: Sequence[str], identifier: str) -> list[str]:
    """Write in IPA how texts sound, each by itself; marks in them are not kept.

    Raises:
        EngineError: the library cannot be loaded, or does not know the voice.
    """
    with _fresh_library() as (library, _):
        library.espeak_TextToPhonemes.restype = ctypes.c_char_p
        if library.espeak_SetVoiceByName(identifier.encode()):
            raise EngineError(f"the voice {identifier!r} cannot be loaded", "espeak")
        found: list[str] = []
        for text in texts:
            plain = _CONTROL.sub(" ", text).encode("utf-8", "replace")
            rest = ctypes.c_char_p(plain)
            clauses: list[str] = []
            while rest:
                clauses.append((library.espeak_TextToPhonemes(ctypes.byref(rest), _UTF8, _IPA) or b"").decode())
            found.append(" ".join(" ".join(clauses).split()))
        return found


def list_voices() -> list[LibraryVoice]:
    """List the voices, in the library's own order. Raises EngineError where the library cannot be loaded."""
    with _fresh_library() as (library, _):
        library.espeak_ListVoices.restype = ctypes.POINTER(ctypes.POINTER(_VoiceRecord))
        records = library.espeak_ListVoices(None)
        voices: list[LibraryVoice] = []
        while records[len(voices)]:
            voices.append(_read_voice(records[len(voices)].contents))
    return voices


def list_variants() -> frozenset[str]:
    """Name the variants that can be put behind a voice. They are files; of an unknown one the library says nothing."""
    return frozenset(path.name for path in Path(_data_path(), "voices", "!v").iterdir())


def library_version() -> str:
    """The library's version, such as "1.52.0". Raises EngineError where it cannot be loaded."""
    with _fresh_library() as (library, _):
        library.espeak_Info.restype = ctypes.c_char_p
        return str(library.espeak_Info(None).decode())


def _read_voice(record: _VoiceRecord) -> LibraryVoice:
    tags: list[tuple[int, str]] = []
    place = record.languages
    while priority := ctypes.string_at(place, 1)[0]:
        tag = ctypes.string_at(place + 1)
        tags.append((priority, tag.decode().lower()))
        place += len(tag) + 2
    return LibraryVoice(record.name.decode(), record.identifier.decode(), tuple(tags))


@contextmanager
def _fresh_library() -> Iterator[tuple[ctypes.CDLL, int]]:
    """Load the library, give it with its sample rate, and unload it."""
    with _lock, _short_data_path() as data:
        try:
            library = ctypes.CDLL(espeakng_loader.get_library_path())
        except OSError as error:
            raise EngineError(f"espeak-ng cannot be loaded ({error})", "espeak") from error
        try:
            rate_hz = library.espeak_Initialize(_SYNCHRONOUS, 0, data, _DONT_EXIT)
            if rate_hz <= 0:
                raise EngineError("espeak-ng cannot read its data", _data_path(), "Install espeakng-loader again.")
            library.espeak_ng_SetRandSeed(ctypes.c_long(_SEED))
            yield library, rate_hz
        finally:
            library.espeak_Terminate()  # ends its threads, which must not run on into unloaded code
            _unload(library)


def _unload(library: ctypes.CDLL) -> None:
    if sys.platform == "win32":
        _ctypes.FreeLibrary(library._handle)
    else:
        _ctypes.dlclose(library._handle)


def _data_path() -> str:
    try:
        return str(espeakng_loader.get_data_path())
    except RuntimeError as error:
        raise EngineError("espeak-ng's data are not there", "espeak", "Install espeakng-loader again.") from error


@contextmanager
def _short_data_path() -> Iterator[bytes]:
    """Give a path to the data that the library can hold: a link to them where their own is too long."""
    data = os.fsencode(_data_path())
    if len(data) < _PATH_BYTES:
        yield data
        return
    places = (tempfile.gettempdir(), "/tmp")  # nosec B108  # tempfile makes a folder in it that nobody can guess
    folders = (folder for folder in places if len(os.fsencode(folder)) < _PATH_BYTES // 2)
    with tempfile.TemporaryDirectory(prefix="espeak", dir=next(folders, None), ignore_cleanup_errors=True) as folder:
        link = os.path.join(os.fsencode(folder), b"data")
        try:
            os.symlink(data, link, target_is_directory=True)
        except OSError as error:
            hint = "Install audiobuild in a folder with a shorter path."
            raise EngineError("the path is too long for espeak-ng", os.fsdecode(data), hint) from error
        yield link
