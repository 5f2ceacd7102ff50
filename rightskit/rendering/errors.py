"""What stops one letter while the others go on."""

from __future__ import annotations

from rightskit.errors import RightskitError


class MissingFieldError(RightskitError):
    """A field that a letter needs is empty.

    Attributes:
        letter: the letter's slug.
        field: the field's name.
    """

    exit_code = 3

    def __init__(self, letter: str, field: str) -> None:
        super().__init__(f"The letter {letter} needs the field {field}, and it is empty.", f"Fill in {field}.")
        self.letter = letter
        self.field = field


class UnprintableFieldError(RightskitError):
    """A field holds characters that nobody sees, or that a sheet of paper cannot show.

    Attributes:
        letter: the letter's slug.
        field: the field's name. The value is not kept: it may be a person's.
    """

    exit_code = 3

    def __init__(self, letter: str, field: str, reason: str) -> None:
        super().__init__(f"The letter {letter} cannot print the field {field}: {reason}.", f"Type {field} anew.")
        self.letter = letter
        self.field = field


class AddressTooLongError(RightskitError):
    """An address does not fit into the window of an envelope."""

    exit_code = 3

    def __init__(self, letter: str, lines: int, most: int) -> None:
        super().__init__(
            f"The recipient's address in the letter {letter} takes {lines} lines; the window holds {most}.",
            "Shorten the address, or use the layout of another envelope.",
        )
