"""Pictures of signatures: small, grey, without margins and without what a camera writes into them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

from rightskit.files import pictures

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def drawn(size: tuple[int, int] = (1200, 500), paper: str = "#eeece6", ink: str = "#141e5a") -> Image.Image:
    picture = Image.new("RGB", size, paper)
    ImageDraw.Draw(picture).line([(200, 300), (500, 150), (900, 320)], fill=ink, width=8)
    return picture


def test_a_photo_becomes_ink_without_margins_place_or_paper(tmp_path: Path) -> None:
    path = tmp_path / "signature.jpg"
    exif = Image.Exif()
    exif[0x010E] = "Kiel, Lindenallee 12"
    drawn().save(path, exif=exif)
    assert b"Lindenallee" in path.read_bytes()
    made = pictures.signature(path)
    assert isinstance(made, bytes)
    assert b"Lindenallee" not in made
    assert len(made) < 8000
    with Image.open(io.BytesIO(made)) as found:
        assert found.format == "PNG"
        assert found.width <= 900
        assert found.height <= 240
        grey = found.convert("L")
        assert grey.getpixel((grey.width - 1, 0)) == 255
        assert min(value for row in range(grey.height) for value in [grey.getpixel((0, row))]) < 200


def test_a_transparent_picture_is_drawn_on_white(tmp_path: Path) -> None:
    path = tmp_path / "signature.png"
    picture = Image.new("RGBA", (300, 100), (0, 0, 0, 0))
    ImageDraw.Draw(picture).line([(20, 50), (280, 40)], fill=(0, 0, 0, 255), width=5)
    picture.save(path)
    assert isinstance(pictures.signature(path), bytes)


def test_what_is_no_signature_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"blank.png": drawn(ink="#eeece6"), "whole.png": drawn()}
    for name, picture in files.items():
        picture.save(tmp_path / name)
    (tmp_path / "text.png").write_text("no picture", encoding="utf-8")
    (tmp_path / "half.png").write_bytes((tmp_path / "whole.png").read_bytes()[:400])
    (tmp_path / "vector.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    said = {name: pictures.signature(tmp_path / name) for name in ("blank.png", "text.png", "half.png", "vector.svg")}
    assert said.pop("blank.png") == "the picture is blank"
    assert set(said.values()) == {"this is no picture that can be opened: save it as PNG or JPEG"}
    assert pictures.signature(tmp_path / "none.png") == "there is no such file"
    monkeypatch.setattr(pictures, "_PIXELS", 1000)
    assert "million pixels" in str(pictures.signature(tmp_path / "whole.png"))
    monkeypatch.setattr(pictures, "LARGEST", 100)
    assert "more than" in str(pictures.signature(tmp_path / "whole.png"))


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    """A file of 40 KB that would become 100 million dots."""
    path = tmp_path / "bomb.png"
    Image.new("1", (20_000, 20_000)).save(path)
    assert isinstance(pictures.signature(path), str)
