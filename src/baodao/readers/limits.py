"""How much is read at once. What is larger is refused with BD163 before it is opened: no bomb gets to a parser."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from baodao.errors import BaodaoError, either

__all__ = [
    "MOST_BYTES", "MOST_CHARACTERS", "MOST_MARKUP", "MOST_PAGES", "MOST_UNPACKED", "check_size", "check_zip",
    "read_bytes",
]  # fmt: skip

MOST_BYTES = 100_000_000  # of a file
MOST_CHARACTERS = 5_000_000  # of a text; `force=True` reads more
MOST_MARKUP = 20_000_000  # bytes of a web page
MOST_UNPACKED = 200_000_000  # bytes of a .docx when unpacked
MOST_PAGES = 5_000  # of a PDF


def check_size(what: str, size: int, limit: int, unit: tuple[str, str] = ("字节", "bytes")) -> None:
    """Refuse what is too large; `unit` says in Chinese and English what is counted.

    Raises:
        BaodaoError: BD163.
    """
    if size > limit:
        raise BaodaoError("BD163", what=what, size=size, limit=limit, unit=either(*unit))


def read_bytes(path: Path) -> bytes:
    """The bytes of a file that is not too large.

    Raises:
        BaodaoError: BD161 no such file; BD163 it is too large; BD165 it may not be read, or is no file.
    """
    try:
        if not path.is_file():
            if path.exists():
                reason = either(
                    "这是文件夹或设备,不是文件。多个文件请用 run()", "a folder or device; for many files use run()"
                )
                raise BaodaoError("BD165", path=str(path), reason=reason)
            raise BaodaoError("BD161", path=str(path))
        check_size(str(path), path.stat().st_size, MOST_BYTES)
        return path.read_bytes()
    except OSError as error:
        raise BaodaoError("BD165", path=str(path), reason=error.strerror or error) from None


def check_zip(content: bytes) -> None:
    """Refuse a ZIP archive that would unpack to too much; what its directory says is what the unpacker will allow.

    Raises:
        BaodaoError: BD163.
        zipfile.BadZipFile: it is no archive.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        check_size(".docx", sum(item.file_size for item in archive.infolist()), MOST_UNPACKED)
