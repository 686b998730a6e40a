"""What an .xlsx is before anybody trusts it: a zip archive of XML parts."""

from __future__ import annotations

import hashlib
import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from optimizer.tables.limits import LARGEST_FILE, LARGEST_RATIO, LARGEST_UNPACKED

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


class WorkbookError(Exception):
    """The file cannot be read as an .xlsx workbook."""

    def __init__(self, code: str, message: str, remedy: str) -> None:
        """What is wrong, and what to do."""
        super().__init__(message)
        self.code, self.message, self.remedy = code, message, remedy


@dataclass(frozen=True, slots=True)
class Archive:
    """The bytes of a workbook, unpacked once in full, so that its sizes and checksums are true.

    ``sheets``: sheet name -> the XML of the sheet.
    """

    content: bytes
    sheets: Mapping[str, bytes]

    @property
    def sha256(self) -> str:
        """SHA-256 of the file."""
        return hashlib.sha256(self.content).hexdigest()


def open_archive(path: Path) -> Archive:
    """Read a workbook's parts; WorkbookError if it is anything else, broken or too large."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise _too_large(f"the file is larger than {LARGEST_FILE >> 20} MB")
        content = path.read_bytes()
    except OSError as error:
        raise WorkbookError(
            "unreadable-file",
            f"{path.name} cannot be opened: {error.strerror}",
            "Check the path; close the file elsewhere and check who may read it.",
        ) from None
    if content.startswith(_OLE):
        raise WorkbookError(
            "encrypted-or-old",
            f"{path.name} is protected by a password, or in the old .xls format",
            "Open it in Excel, remove the password, and save it as .xlsx.",
        )
    if not content.startswith(b"PK"):
        raise WorkbookError(
            "not-a-workbook",
            f"{path.name} is not an .xlsx workbook" if content else f"{path.name} is empty",
            "Save it from Excel or LibreOffice as .xlsx, or give a folder of CSV files.",
        )
    if b"mimetypeapplication/vnd.oasis.opendocument" in content[:100]:
        raise WorkbookError(
            "not-a-workbook", f"{path.name} is an OpenDocument file", "Save it as .xlsx."
        )
    return Archive(content, _sheets(path))


def _too_large(message: str) -> WorkbookError:
    return WorkbookError("too-large", message, "Remove what is unused, or split the data.")


def _broken(message: str) -> WorkbookError:
    return WorkbookError(
        "broken-workbook",
        message,
        "Open it in Excel, let Excel repair it, and save it again; or copy it once more.",
    )


def _sheets(path: Path) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_bomb(archive)
            # Unpacking stops at the declared size, and a wrong checksum or size is an error: what
            # passes here unpacks to what it declares, for other readers too.
            parts = {one.filename: archive.read(one) for one in archive.infolist()}
        return _by_name(parts)
    # zipfile says NotImplementedError of a way of packing that it does not know.
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        raise _broken(f"{path.name} is truncated or damaged: {error}") from None
    except RuntimeError as error:  # zipfile's way to say that a password is needed
        raise WorkbookError(
            "encrypted-or-old", f"{path.name} is encrypted: {error}", "Save it without a password."
        ) from None
    except (ElementTree.ParseError, KeyError) as error:
        raise _broken(f"{path.name} lacks parts of a workbook: {error}") from None


def _refuse_bomb(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > 10_000 or sum(one.file_size for one in parts) > LARGEST_UNPACKED:
        raise _too_large(f"unpacked, the file is larger than {LARGEST_UNPACKED >> 20} MB")
    for one in parts:
        if one.file_size > 16 << 20 and one.file_size > LARGEST_RATIO * one.compress_size:
            raise _too_large(
                f"its part {one.filename} unpacks to more than {LARGEST_RATIO} times its size, "
                "as no sheet of data does"
            )


def _by_name(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    root = ElementTree.fromstring(parts["_rels/.rels"])
    book = next(
        (one.get("Target", "").lstrip("/") for one in root
         if one.get("Type", "").endswith("/officeDocument")),
        "xl/workbook.xml",
    )  # fmt: skip
    folder, name = posixpath.split(book)
    links = ElementTree.fromstring(parts[f"{folder}/_rels/{name}.rels"])
    targets = {one.get("Id"): one.get("Target", "") for one in links}
    tree = ElementTree.fromstring(parts[book])
    found = {}
    for sheet in (*tree.iter(f"{_MAIN}sheet"), *tree.iter(f"{_STRICT}sheet")):
        target = targets.get(sheet.get(_ID) or sheet.get(_STRICT_ID), "")
        place = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        found[sheet.get("name", "")] = parts.get(posixpath.normpath(place), b"")
    return found
