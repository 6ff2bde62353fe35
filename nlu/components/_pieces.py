"""Cuts a text into the pieces of words that the encoder knows, as SentencePiece does.

Of all ways to cut, the likeliest (https://arxiv.org/abs/1804.10959, section 3.1). The underscore:
this is no component by itself.
"""

from __future__ import annotations

import re

SPACE = "\u2581"  # how a space is written inside a piece
_STRANGER = 10.0  # how much less likely than any piece a letter is that is none


class Pieces:
    """`known`: the number of each piece and the logarithm of its chance.

    `marks` are the numbers of the beginning, the end and what is unknown; `rarest` is the least
    of the logarithms; `read` says what is read for a letter.
    """

    def __init__(
        self,
        known: dict[str, tuple[int, float]],
        marks: tuple[int, int, int],
        rarest: float,
        read: dict[int, str],
    ) -> None:
        self._known, self._read = known, read
        self._begin, self._end, unknown = marks
        self._stranger = (unknown, rarest - _STRANGER)
        self._longest = max(map(len, known))

    def of(self, text: str, most: int) -> list[int]:
        """The numbers of the pieces of a text, between beginning and end; at most so many."""
        return [self._begin, *self._cut(self._prepared(text))[: most - 2], self._end]

    def _prepared(self, text: str) -> str:
        single = re.sub(" +", " ", text.translate(self._read))
        return (single if single.startswith(" ") else f" {single}").replace(" ", SPACE)

    def _cut(self, text: str) -> list[int]:
        """For each place in the text the best last piece before it; then back from the end."""
        best = [(0.0, 0, 0)] + [(float("-inf"), 0, 0)] * len(text)  # chance, piece, its beginning
        for first in range(len(text)):
            before = best[first][0]
            for last in range(first + 1, min(len(text), first + self._longest) + 1):
                piece = self._known.get(text[first:last])
                if piece and before + piece[1] > best[last][0]:
                    best[last] = (before + piece[1], piece[0], first)
            if before + self._stranger[1] > best[first + 1][0]:
                best[first + 1] = (before + self._stranger[1], self._stranger[0], first)
        return _back(best)


def _back(best: list[tuple[float, int, int]]) -> list[int]:
    """The pieces that lead to the end."""
    numbers, place = [], len(best) - 1
    while place:
        _, number, place = best[place]
        numbers.append(number)
    return numbers[::-1]
