"""Every page against a reviewed picture of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image, ImageChops, ImageFilter

from tests.browser.pictures import ALL, FOLDER, MOST, SEEN, Eyes, Seen, differences, eyes, kept, reference

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TAKE_ANEW = (
    "where the page is meant to look so: python -m tests.browser.pictures, and look at what git tells of"
)


@pytest.fixture(scope="module")
def looker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Eyes]:
    with eyes(tmp_path_factory.mktemp("pictures")) as found:
        yield found


@pytest.mark.parametrize("seen", SEEN, ids=[seen.name for seen in SEEN])
def test_a_page_looks_as_it_did(looker: Eyes, seen: Seen, tmp_path: Path):
    picture = looker.take(seen)
    picture.save(tmp_path / "now.png")
    found = differences(picture, Image.open(reference(seen)))
    assert found == [], (
        f"{reference(seen).name} differs at {found[:5]}; now: {tmp_path / 'now.png'}; {TAKE_ANEW}"
    )


def test_the_pictures_are_small_and_of_pages_that_there_are():
    sizes = {path: path.stat().st_size for path in FOLDER.iterdir()}
    assert set(sizes) == {reference(seen) for seen in SEEN}
    assert max(sizes.values()) <= MOST
    assert sum(sizes.values()) <= ALL


@pytest.fixture(params=[SEEN[0], SEEN[1]], ids=lambda seen: seen.name)
def picture(request: pytest.FixtureRequest) -> Image.Image:
    return Image.open(reference(request.param)).convert("L")


def test_what_is_kept_is_the_same_picture(picture: Image.Image, tmp_path: Path):
    (tmp_path / "kept.png").write_bytes(kept(picture))
    assert differences(picture, Image.open(tmp_path / "kept.png")) == []


def test_letters_drawn_a_little_differently_are_no_difference(picture: Image.Image):
    assert differences(picture, picture.filter(ImageFilter.GaussianBlur(0.6))) == []
    noise = np.random.default_rng(2030).integers(-6, 7, (picture.height, picture.width))
    noisy = Image.fromarray(np.clip(np.asarray(picture, dtype=int) + noise, 0, 255).astype(np.uint8))
    assert differences(picture, noisy) == []


def test_what_is_gone_moved_or_of_another_shade_is_a_difference(picture: Image.Image):
    heading = picture.copy()
    heading.paste(255, (0, 20, picture.width, 90))
    assert differences(picture, heading)
    assert differences(picture, ImageChops.offset(picture, 0, 12))
    assert differences(picture, Image.eval(picture, lambda shade: max(0, shade - 25)))
    assert differences(picture, picture.crop((0, 0, picture.width, picture.height - 8)))
