"""What can go wrong, in words for the person who has to put it right (layer 0).

    AudiobuildError          message, where, hint: one or two lines on the terminal, exit code 1
    ├── SourceError          an article or edition cannot be read
    │   ├── NoArticle        a file holds nothing to read, and others can be read without it
    │   └── NothingNew       all of it has been published
    ├── ConfigError          show.toml or an option says something impossible
    ├── EngineError          speech could not be made
    │   ├── EngineOffline    the engine's service could not be reached
    │   └── UnsoundSpeech    what an engine gave is not the speech of its text
    ├── NetworkError         something could not be fetched from another machine
    │   └── NetworkOffline   that machine could not be reached
    ├── SoundError           a sound or picture file cannot be used
    └── OutputError          the result cannot be written

Everything else that is raised is a defect of ours and keeps its traceback.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager


class AudiobuildError(Exception):
    """An error with its place and its remedy."""

    def __init__(self, message: str, where: str = "", hint: str = "") -> None:
        super().__init__(message, where, hint)  # all three, so that it survives pickling between processes
        self.message = message
        """What is wrong, as one clause without a full stop."""
        self.where = where
        """The file, option or service concerned; empty when there is no place."""
        self.hint = hint
        """What to do next; empty when that is plain."""
        self.others: tuple[AudiobuildError, ...] = ()
        """What else is wrong, found at the same time."""

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message


def combine_errors(errors: Sequence[AudiobuildError]) -> AudiobuildError:
    """Join independent errors into one: the first, which holds the others."""
    first, *others = errors
    first.others = tuple(others)
    return first


class Faults:
    """Errors that do not depend on each other, gathered to be told at once."""

    def __init__(self) -> None:
        self._found: list[AudiobuildError] = []

    def __bool__(self) -> bool:
        """Say whether there is any."""
        return bool(self._found)

    @contextmanager
    def gathered(self) -> Iterator[None]:
        """Keep an error of the block, and go on behind it; without a network, all further ones would say the same."""
        try:
            yield
        except AudiobuildError as error:
            self._found += [each for each in (error, *error.others) if each not in self._found]
            if isinstance(error, NetworkOffline):
                self.tell()

    def tell(self) -> None:
        """Raise what was gathered, if that is anything."""
        if self._found:
            raise combine_errors(self._found)


class SourceError(AudiobuildError):
    """An article or edition cannot be read."""


class NoArticle(SourceError):
    """A file holds nothing to read; among others, it is left out."""


class NothingNew(SourceError):
    """All that was asked for has been published."""


class ConfigError(AudiobuildError):
    """show.toml or an option says something impossible."""


class EngineError(AudiobuildError):
    """Speech could not be made."""


class EngineOffline(EngineError):
    """The engine's service could not be reached."""


class UnsoundSpeech(EngineError):
    """What an engine gave is not the speech of its text."""


class NetworkError(AudiobuildError):
    """Something could not be fetched from another machine."""

    def __init__(
        self, message: str, where: str = "", hint: str = "", *, may_pass: bool = False, wait_s: float = 0.0
    ) -> None:
        super().__init__(message, where, hint)
        self.may_pass = may_pass
        """Whether another try may succeed."""
        self.wait_s = wait_s
        """What the other machine asks us to wait before it, in seconds; 0 where it does not say."""


class NetworkOffline(NetworkError):
    """The other machine could not be reached."""


class SoundError(AudiobuildError):
    """A sound or picture file cannot be used."""


class OutputError(AudiobuildError):
    """The result cannot be written."""
