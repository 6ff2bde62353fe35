"""What `alo check` finds in the table of places, and hubs that lie nowhere."""

from __future__ import annotations

import pytest

from tests.bot.conftest import Copy, Like, error, read, warning, write

PLACES = "places.yml"
ZORK = {"name": "Zork", "country": "HT", "kind": "town", "lat": "18.5", "lon": "-72.3"}


def add(copied: Copy, **changes: str) -> None:
    """A place in the table; without a value the key is left out."""
    row = {key: value for key, value in {**ZORK, **changes}.items() if value}
    path = copied.knowledge / PLACES
    write(path, [*read(path), row])


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, [], id="nothing is wrong"),
        pytest.param({"country": "XX"}, ["Zork: `XX` is no country"], id="a country is none"),
        pytest.param({"lon": ""}, ["Zork: has only one of lat and lon"], id="half a point"),
        pytest.param({"lat": "", "lon": ""}, ["Zork: has no lat and lon"], id="no point"),
        pytest.param(
            {"lat": "", "lon": "", "near": "Nowhere"}, ["Zork: has no lat and lon"], id="near none"
        ),
    ],
)
def test_the_fault_of_a_place_is_found(
    copied: Copy, changes: dict[str, str], expected: list[str]
) -> None:
    add(copied, **changes)

    assert copied.found() == [error(PLACES, said) for said in expected]


def test_a_place_near_another_has_no_fault(copied: Copy) -> None:
    add(copied)
    add(copied, name="Zorkville", lat="", lon="", near="Zork")

    assert copied.found() == []


def test_a_hub_that_lies_nowhere_is_a_warning(copied: Copy) -> None:
    path = copied.knowledge / "hubs.yml"
    rows = read(path)
    nowhere = {**rows[0], "id": "bz-zork", "city": "Zzyzx Qwfp", "aliases": []}
    write(path, [*rows, {k: v for k, v in nowhere.items() if k not in ("lat", "lon")}])

    said = "bz-zork: nobody knows where Zzyzx Qwfp lies; add it to places.yml"
    assert copied.found() == [Like("warning", "knowledge/hubs.yml", said)]
    assert warning("hubs.yml", said) == copied.found()[0]
