"""``explain``: the plain-language sheet of a right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit import paths
from rightskit.errors import NotFoundError

if TYPE_CHECKING:
    from rightskit.rights import Right


def sheet(right: Right, language: str) -> str:
    """The sheet as Markdown, without its front matter.

    Raises:
        NotFoundError: there is none in this language.
    """
    folder = paths.shipped("letters")
    path = folder / language.partition("-")[0] / "explain" / f"{right}.md"
    if not path.is_file():
        languages = sorted(found.parent.parent.name for found in folder.glob(f"*/explain/{right}.md"))
        raise NotFoundError(f"There is no sheet in {language!r}.", "There are: " + ", ".join(languages))
    front_and_body = path.read_text(encoding="utf-8").partition("---\n")[2]
    return front_and_body.partition("---\n")[2].strip()
