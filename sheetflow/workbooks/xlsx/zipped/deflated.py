"""Data packed for an archive as they are made: what is written piece by piece is never there as a whole."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

LEVEL = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Deflated:
    """The packed bytes, with the size and the check sum of what they hold."""

    packed: bytes
    size: int
    crc: int

    def inflated(self) -> bytes:
        """What they hold."""
        return zlib.decompress(self.packed, -zlib.MAX_WBITS, max(1, self.size))


def deflated(pieces: Iterable[bytes]) -> Deflated:
    """The pieces as one, packed."""
    machine = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed, size, crc = BytesIO(), 0, 0
    for piece in pieces:
        size += len(piece)
        crc = zlib.crc32(piece, crc)
        packed.write(machine.compress(piece))
    packed.write(machine.flush())
    return Deflated(packed=packed.getvalue(), size=size, crc=crc)
