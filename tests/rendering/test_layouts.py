"""The address fields against the windows that they are made for."""

from __future__ import annotations

import pytest

from rightskit.rendering.layouts import LAYOUTS

# Left, top, right, bottom in mm on the sheet. DIN 5008 states them; for the others they are those of KOMA-Script's
# DIN.lco, SN.lco, SNleft.lco and NF.lco (2022), which were made after the standards.
WINDOWS = {
    "din5008a": (20, 27, 105, 72),
    "din5008b": (20, 45, 105, 90),
    "swissright": (112, 45, 202, 90),
    "swissleft": (20, 35.5, 120, 80.5),
    "french": (100, 35, 200, 80),
}


@pytest.mark.parametrize("name", WINDOWS)
def test_the_field_lies_within_the_window_of_its_standard(name: str) -> None:
    left, top, right, bottom = WINDOWS[name]
    field = LAYOUTS[name]
    assert left <= field.x <= field.x + field.width <= right
    assert top <= field.y <= field.y + field.height <= bottom


@pytest.mark.parametrize(("across", "down"), [(0, 0), (10, 0), (0, 11), (10, 11)])
def test_the_british_field_shows_however_the_sheet_slides_in_its_envelope(across: int, down: int) -> None:
    """DL is 220 mm x 110 mm; the sheet folded in three is 210 mm x 99 mm."""
    field = LAYOUTS["ukdl"]
    left, top = field.x + across, field.y + down
    assert 20 <= left <= left + field.width <= 20 + 90
    assert 110 - 18 - 35 <= top <= top + field.height <= 110 - 18


def test_only_plain_sheets_have_no_window_of_a_standard() -> None:
    assert LAYOUTS.keys() - WINDOWS.keys() == {"ukdl", "a4"}
