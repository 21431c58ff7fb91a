"""Which characters do these bytes stand for? Finance systems export utf-8, utf-16, cp1252 and latin-1."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path

CHUNK_BYTES = 4 * 1024**2
SAMPLE_BYTES = 256 * 1024

#: Encodings whose characters take two or four bytes begin so.
WIDE = ("utf-16", "utf-32")
UTF8 = ("utf-8", "utf-8-sig")

#: Bytes that latin-1 calls control characters and cp1252 prints (€, dashes, quotation marks).
_C1 = bytes(range(0x80, 0xA0))

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def _undefined_in_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Read the five bytes that cp1252 leaves undefined as latin-1 does, so that nothing is lost."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error("keino_cp1252", _undefined_in_cp1252)


def samples(path: Path) -> list[bytes]:
    """Return bytes from the start, the middle and the end of a file (the whole of a small one)."""
    size = path.stat().st_size
    with path.open("rb") as stream:
        if size <= 4 * SAMPLE_BYTES:
            return [stream.read()]
        parts = [stream.read(2 * SAMPLE_BYTES)]
        for offset in (size // 2, size - SAMPLE_BYTES):
            stream.seek(offset)
            parts.append(stream.read(SAMPLE_BYTES))
    return parts


def encoding_of(parts: list[bytes]) -> str:
    """Return a text file's encoding from samples of its bytes: utf-8, utf-8-sig, utf-16[-le, -be], cp1252, latin-1."""
    head = parts[0]
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    if wide := _utf16_without_mark(head):
        return wide
    inside = [head, *(_whole_lines(part) for part in parts[1:])]
    if sum(_is_mostly_utf8(part) for part in inside) == len(inside):
        return "utf-8"
    return "cp1252" if any(part.translate(None, _C1) != part for part in inside) else "latin-1"


def _whole_lines(part: bytes) -> bytes:
    """Cut the first, partial line off."""
    cut = part.find(b"\n")
    return part[cut + 1 :] if cut >= 0 else part


def _utf16_without_mark(head: bytes) -> str:
    """Return utf-16-le or utf-16-be when every other byte of the text is zero; else an empty string."""
    part = head[:4096]
    if len(part) < 4 or part.count(0) < len(part) * 0.3:
        return ""
    even, odd = part[0::2].count(0), part[1::2].count(0)
    if odd > 0.6 * len(part) / 2 and even < 0.05 * len(part):
        return "utf-16-le"
    if even > 0.6 * len(part) / 2 and odd < 0.05 * len(part):
        return "utf-16-be"
    return ""


def _is_mostly_utf8(part: bytes) -> bool:
    """True when the text is utf-8, but for a few lines that were glued in from elsewhere."""
    high = len(part) - len(part.translate(None, bytes(range(0x80, 0x100))))
    if not high:
        return True
    text = part.decode("utf-8", errors="replace")
    broken = text.count("\ufffd") - part.count(b"\xef\xbf\xbd")
    return broken <= 4 or broken * 20 < high


def decode_line(line: bytes, encoding: str) -> tuple[str, bool]:
    """Return the line as text and whether it had to be read in another encoding than the file's."""
    try:
        return line.decode(encoding, errors="keino_cp1252" if encoding == "cp1252" else "strict"), False
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="keino_cp1252"), True


def as_utf8(path: Path, encoding: str) -> Iterator[bytes]:
    """Yield the file recoded to utf-8 without a mark, in chunks, with memory that does not grow with the file."""
    decoder = codecs.getincrementaldecoder(encoding)(errors="keino_cp1252" if encoding == "cp1252" else "replace")
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK_BYTES):
            yield decoder.decode(chunk).encode(errors="replace")
        yield decoder.decode(b"", final=True).encode(errors="replace")
