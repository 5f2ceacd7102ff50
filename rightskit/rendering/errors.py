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
    """An address does not fit into its place, such as the window of an envelope.

    Attributes:
        letter: the letter's slug.
        field: ``recipient`` or ``sender``.
    """

    exit_code = 3

    def __init__(self, letter: str, field: str, layout: str) -> None:
        super().__init__(
            f"The {field}'s address in the letter {letter} is too long for its place in the layout {layout}.",
            f"Shorten the address of the {field}, or use the layout of another envelope.",
        )
        self.letter = letter
        self.field = field
