"""Files packed into one file, as EPUB, DOCX and ODT are, read without trust (layer 1, pure).

The bytes of the archive enter, those of its files leave. No name leads out of the archive, and no file is unpacked that
would be much larger than the archive lets expect.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib

from audiobuild.errors import SourceError

_MOST_FILES = 20_000
_MOST_BYTES = 100_000_000
"""That all the files of an archive that are read may have."""
_MOST_SWELLING = 400
"""How many times its packed size a file may have; prose comes to 3, the dullest tables to 50."""
_HARMLESS_BYTES = 1_000_000
"""Up to this size nobody asks how well a file was packed."""
_BROKEN = "Export or download it again."
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, struct.error, ValueError, NotImplementedError, OSError, IndexError)
"""What zipfile says of archives that are damaged."""


class ZipArchive:
    """An archive that was opened."""

    def __init__(self, data: bytes, where: str) -> None:
        """Open an archive.

        Raises:
            SourceError: it is none, is damaged, or holds names that lead out of it.
        """
        self.where = where
        self._left_bytes = _MOST_BYTES
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            infos = self._zip.infolist()
        except _FAULTS as error:
            raise SourceError("the file is damaged, or is none of its kind", where, _BROKEN) from error
        if len(infos) > _MOST_FILES:
            raise SourceError(f"more than {_MOST_FILES:,} files are packed into it", where, "No document has so many.")
        for info in infos:
            if leads_out(info.filename):
                message = f"it holds a file whose name leads out of it: {info.filename[:60]!r}"
                raise SourceError(message, where, "A document that is sound has none; do not trust it.")
        self._infos = {info.filename: info for info in infos}

    def __contains__(self, name: str) -> bool:
        """Say whether it holds a file of this name."""
        return name in self._infos

    def names(self) -> tuple[str, ...]:
        """List its files in their order."""
        return tuple(self._infos)

    def read(self, name: str, most_bytes: int = _MOST_BYTES) -> bytes:
        """Unpack a file.

        Args:
            name: its name.
            most_bytes: how large it may be.

        Raises:
            SourceError: it is not there, is damaged, is locked, swells beyond measure, or is too large.
        """
        info = self._infos.get(name)
        if info is None:
            raise SourceError(f"it lacks the file {name[:80]!r}, which it names itself", self.where, _BROKEN)
        if info.file_size > most_bytes:
            message = f"the file {name[:80]!r} in it may have {most_bytes // 1_000_000} MB at most"
            raise SourceError(message, self.where, "Part the document into several.")
        if info.flag_bits & 1:
            raise SourceError("it is locked by a password", self.where, "Take the password off, and build again.")
        most_unpacked = min(self._left_bytes, max(_HARMLESS_BYTES, _MOST_SWELLING * info.compress_size))
        try:
            with self._zip.open(info) as file:
                data = file.read(most_unpacked + 1)
        except (*_FAULTS, RuntimeError) as error:
            raise SourceError(f"the file {name[:80]!r} in it is damaged", self.where, _BROKEN) from error
        if len(data) > most_unpacked:
            message = f"the file {name[:80]!r} in it swells beyond measure when it is unpacked"
            raise SourceError(message, self.where, "A document that is sound does not; do not trust it.")
        self._left_bytes -= len(data)
        return data


def leads_out(name: str) -> bool:
    """Whether a name in an archive leads out of it.

    >>> leads_out("text/../../mud.txt"), leads_out("text/../mud.txt")
    (True, False)
    """
    plain = name.replace("\\", "/")
    return plain.startswith("/") or plain[1:2] == ":" or posixpath.normpath(plain).split("/")[0] == ".."
