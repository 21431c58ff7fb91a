"""The file of a backup: a tar with a manifest that says what must be in it, byte by byte.

manifest.json          version, migrations, tables (rows, SHA-256, columns), files (size, SHA-256)
tables/<table>.jsonl   one line per row
files/…                uploaded files, by their names in the storage
store/…                lines of runs, by their paths in the store
secret-key             the site's key, where it lies in the data folder
"""

from __future__ import annotations

import hashlib
import json
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any, cast

from keino.errors import KeinoError, mark

FORMAT = 1
MANIFEST = "manifest.json"
TABLES, FILES, STORE, KEY = "tables", "files", "store", "secret-key"
_BLOCK = 2**20
_LARGEST_MANIFEST = 512 * 2**20


class BadBackup(KeinoError):
    """A backup that isn't whole, or not one of keino's."""

    code = "bad_backup"
    exit_code = 3
    template = mark("{path} can't be restored: {reason}. The site was not changed.")


@dataclass(frozen=True)
class Entry:
    """One file of the backup."""

    size: int
    sha256: str


class _Hashed:
    """Counts and hashes what is read through it; gives exactly ``size`` bytes, also of a file that grows."""

    def __init__(self, stream: IO[bytes], size: int) -> None:
        self.stream, self.left, self.digest = stream, size, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self.stream.read(self.left if size < 0 else min(size, self.left))
        self.left -= len(block)
        self.digest.update(block)
        return block


@contextmanager
def writing(path: Path) -> Iterator[tarfile.TarFile]:
    """A tar that takes files one after the other; ``.gz`` and ``.zst`` are compressed."""
    if path.suffix == ".zst":
        import pyarrow as pa

        with (
            pa.CompressedOutputStream(str(path), "zstd") as raw,
            tarfile.open(fileobj=cast("IO[bytes]", raw), mode="w|", format=tarfile.PAX_FORMAT) as tar,
        ):
            yield tar
        return
    mode: Any = "w|gz" if path.suffix in {".gz", ".tgz"} else "w|"
    with tarfile.open(str(path), mode, format=tarfile.PAX_FORMAT) as tar:
        yield tar


@contextmanager
def reading(path: Path) -> Iterator[tarfile.TarFile]:
    """A tar whose files come one after the other. Raises BadBackup for what is none."""
    import pyarrow as pa

    try:
        if path.suffix == ".zst":
            with (
                pa.CompressedInputStream(str(path), "zstd") as raw,
                tarfile.open(fileobj=cast("IO[bytes]", raw), mode="r|") as tar,
            ):
                yield tar
            return
        with tarfile.open(str(path), "r|*") as tar:
            yield tar
    except (tarfile.TarError, EOFError, OSError, UnicodeDecodeError) as error:
        if isinstance(error, OSError) and error.filename:
            raise  # a file of ours, not the backup
        raise BadBackup(path=path.name, reason=f"it is no whole tar file ({error})") from error


def add(tar: tarfile.TarFile, name: str, stream: IO[bytes], size: int) -> Entry:
    """Add one file; what its bytes were."""
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    hashed = _Hashed(stream, size)
    tar.addfile(info, cast("IO[bytes]", hashed))
    return Entry(size, hashed.digest.hexdigest())


def safe_name(info: tarfile.TarInfo, path: Path) -> PurePosixPath:
    """The name of a file in the backup. Raises BadBackup for links, devices and paths that lead elsewhere."""
    name = PurePosixPath(info.name)
    if not info.isreg() or name.is_absolute() or ".." in name.parts or "\0" in info.name or "\\" in info.name:
        raise BadBackup(path=path.name, reason=f"it holds something that a backup never holds ({info.name[:80]!r})")
    if name.parts[0] not in {TABLES, FILES, STORE} and str(name) not in {MANIFEST, KEY}:
        raise BadBackup(path=path.name, reason=f"it holds a file that no backup has ({info.name[:80]!r})")
    return name


def unpack(path: Path, folder: Path) -> dict[str, Any]:
    """Unpack a backup into an empty folder and compare every byte with its manifest, which is returned."""
    found: dict[str, Entry] = {}
    manifest: dict[str, Any] | None = None
    with reading(path) as tar:
        for info in tar:
            name = safe_name(info, path)
            source = tar.extractfile(info)
            assert source is not None
            if str(name) == MANIFEST:
                manifest = _manifest(source, info.size, path)
                continue
            if str(name) in found:
                raise BadBackup(path=path.name, reason=f"it holds {name} twice")
            found[str(name)] = _copy(source, info.size, folder / name)
    if manifest is None:
        raise BadBackup(path=path.name, reason="it has no manifest: it was cut off, or is no backup of keino")
    _compare(manifest, found, path)
    return manifest


def _manifest(source: IO[bytes], size: int, path: Path) -> dict[str, Any]:
    try:
        if size > _LARGEST_MANIFEST:
            raise ValueError("too large")
        content = json.loads(source.read())
        if content["format"] != FORMAT:
            raise ValueError(f"format {content['format']}")
    except (ValueError, KeyError, TypeError) as error:
        raise BadBackup(path=path.name, reason=f"its manifest can't be read ({error})") from error
    return cast("dict[str, Any]", content)


def _copy(source: IO[bytes], size: int, target: Path) -> Entry:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    hashed = _Hashed(source, size)
    with target.open("xb") as stream:
        while block := hashed.read(_BLOCK):
            stream.write(block)
    target.chmod(0o600)
    return Entry(size - hashed.left, hashed.digest.hexdigest())


def _compare(manifest: dict[str, Any], found: dict[str, Entry], path: Path) -> None:
    promised = {name: Entry(each["size"], each["sha256"]) for name, each in manifest["files"].items()}
    if missing := sorted(set(promised) - set(found)):
        raise BadBackup(path=path.name, reason=f"{len(missing)} files are missing in it, first {missing[0]}")
    if other := sorted(set(found) - set(promised)):
        raise BadBackup(path=path.name, reason=f"it holds {other[0]}, which its manifest doesn't name")
    if wrong := sorted(name for name, entry in found.items() if promised[name] != entry):
        raise BadBackup(path=path.name, reason=f"{wrong[0]} was changed or damaged")
