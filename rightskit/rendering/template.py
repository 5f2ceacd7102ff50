"""One letter file: its front matter, and the Markdown below it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rightskit import yamlfile
from rightskit.errors import Fault, FaultsError, NotFoundError
from rightskit.rendering.fields import BUILT_IN
from rightskit.rights import Right

if TYPE_CHECKING:
    from pathlib import Path

    from rightskit.yamlfile import Section

_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?\n)---[ \t]*\n", re.DOTALL)
_ARTICLE = re.compile(r"(\d+)[a-z]?(\(\w+\))*")
_LETTER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_FIELD = re.compile(r"[a-z][a-z0-9_]*")
_MODULE = re.compile(r"[a-z0-9-]+")


@dataclass(frozen=True, slots=True)
class Template:
    """A letter as its author wrote it.

    Attributes:
        letter: slug, the file's name.
        language: BCP 47 code, the folder's name.
        right: the right that it uses; None for a follow-up or a complaint.
        article: the provision that it rests on, such as ``15`` or ``21(2)``.
        version: of the text; counted up by its author.
        subject: Jinja2.
        needs: fields without which it does not go out.
        may_use: fields that it prints where they are known.
        modules: optional parts that a campaign may switch on.
        reviewed: whether a lawyer has read it.
        body: Markdown with Jinja2, below as many empty lines as the front matter has: its lines keep their numbers.
        sha256: of the file, in hexadecimal: what an approval names.
        path: the file.
        subject_line: where the subject stands.
        article_line: where the article stands.
    """

    letter: str
    language: str
    right: Right | None
    article: str
    version: str
    subject: str
    needs: tuple[str, ...]
    may_use: tuple[str, ...]
    modules: tuple[str, ...]
    reviewed: bool
    body: str = field(repr=False)
    sha256: str
    path: Path
    subject_line: int
    article_line: int

    @property
    def objects(self) -> bool:
        """Whether it objects from a particular situation (Art. 21(1) GDPR), which takes the member's own yes."""
        return self.article.startswith("21(1)")

    @property
    def subject_source(self) -> str:
        """The subject on the line on which it stands in the file, so that faults name that line."""
        return "\n" * (self.subject_line - 1) + self.subject


def read(path: Path, language: str) -> Template:
    """Read a letter file.

    Raises:
        NotFoundError: there is no such file.
        FaultsError: the front matter or the encoding is wrong; the text's own Jinja2 is not looked at here.
    """
    raw = _bytes(path)
    text = _decoded(raw, path)
    match = _FRONT_MATTER.match(text)
    if match is None:
        fault = Fault(str(path), 1, "the letter has no front matter", "start the file with --- and end it with ---")
        raise FaultsError([fault])
    front = yamlfile.parse(text[: match.end(1)], str(path))
    template = Template(
        letter=_letter(front, path),
        language=language,
        right=_right(front),
        article=_article(front),
        version=front.text("version", required=True),
        subject=front.text("subject", required=True),
        needs=_fields(front, "needs"),
        may_use=_fields(front, "may_use"),
        modules=_modules(front),
        reviewed=front.flag("reviewed"),
        body="\n" * match.group(0).count("\n") + text[match.end() :],
        sha256=hashlib.sha256(raw).hexdigest(),
        path=path,
        subject_line=front.line_of("subject"),
        article_line=front.line_of("article"),
    )
    front.refuse_unknown()
    if front.faults:
        raise FaultsError(front.faults)
    return template


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise NotFoundError(f"There is no letter {path}.") from error


def _decoded(raw: bytes, path: Path) -> str:
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise FaultsError([Fault(str(path), line, "the letter is not UTF-8", "save it as UTF-8")]) from error


def _letter(front: Section, path: Path) -> str:
    letter = front.text("letter", path.stem)
    if _LETTER.fullmatch(path.stem) is None:
        front.fault("letter", f"{path.stem!r} is no name for a letter", "name the file in small letters, digits and -")
    if letter != path.stem:
        front.fault("letter", f"letter is {letter!r}", f"write {path.stem}, the name of the file")
    return path.stem


def _right(front: Section) -> Right | None:
    word = front.text("right")
    if word and word not in set(Right):
        front.fault("right", f"{word!r} is no right", yamlfile.did_you_mean(word, list(Right)))
        return None
    return Right(word) if word else None


def _article(front: Section) -> str:
    article, right = front.text("article"), front.text("right")
    match = _ARTICLE.fullmatch(article)
    if article and match is None:
        front.fault("article", f"{article!r} is no article", 'write a number such as "15" or "21(2)"')
    elif right in set(Right) and (match is None or match.group(1) != Right(right).article):
        front.fault("article", f"article is {article!r}", f'write "{Right(right).article}" for {right}')
    return article


def _fields(front: Section, key: str) -> tuple[str, ...]:
    names = front.texts(key)
    for name in names:
        if _FIELD.fullmatch(name) is None:
            front.fault(key, f"{name!r} is no field name", "write small letters, digits and _")
        elif name in BUILT_IN:
            front.fault(key, f"{name} is there for every letter", "leave it out")
    return names


def _modules(front: Section) -> tuple[str, ...]:
    names = front.texts("modules")
    for name in names:
        if _MODULE.fullmatch(name) is None:
            front.fault("modules", f"{name!r} is no module name", "write small letters, digits and -")
    return names
