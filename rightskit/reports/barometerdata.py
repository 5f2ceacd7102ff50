"""The tables of the barometer as JSON and CSV."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rightskit import texts
from rightskit.disclosures.csvfile import csv_bytes
from rightskit.reports.grading import CRITERIA, MARKS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rightskit.reports.barometer import Barometer, Place

RANKING, DEFINITIONS = "ranking", "definitions"

Record = dict[str, str | int | float | None]


def files(found: Barometer) -> dict[str, bytes]:
    """Name inside the site → bytes: the ranking, the definitions, and the grades of each controller."""
    return {
        **_both(f"data/{RANKING}", found, [_rank(place) for place in found.places]),
        **_both(f"data/{DEFINITIONS}", found, list(_definitions(found.language))),
        **{
            name: content
            for place in found.places
            for name, content in _both(
                f"controllers/{place.id}", found, list(_grades(place)), said=list(_said(place))
            ).items()
        },
    }


def _both(stem: str, found: Barometer, records: Sequence[Record], **more: Any) -> dict[str, bytes]:
    about = {
        "title": found.title,
        "organiser": found.organiser,
        "date": found.date.isoformat(),
        "threshold": found.threshold,
        "controllers_too_small_to_show": found.others,
        "decisions_checked": found.audit.checked,
        "decisions_wrong": found.audit.wrong,
    }
    return {f"{stem}.json": _json({**about, **more, "rows": records}), f"{stem}.csv": _csv(records)}


def _rank(place: Place) -> Record:
    grades: Record = {}
    for grade in place.grades:
        grades |= {grade.key: grade.mark or None, f"{grade.key}_people_at_least": grade.people}
    mean = None if place.mean is None else round(place.mean, 2)
    return {"rank": place.rank, "controller": place.id, "name": place.name, "mean": mean, **grades}


def _grades(place: Place) -> Iterator[Record]:
    for grade in place.grades:
        share = None if grade.share is None else round(grade.share, 2)
        yield {
            "controller": place.id,
            "criterion": grade.key,
            "grade": grade.mark or None,
            "share_about": share,
            "people_at_least": grade.people,
        }


def _said(place: Place) -> Iterator[Record]:
    """Replies of the controller and corrections by the campaign, the earliest first."""
    for one in place.said:
        yield {"kind": one.kind, "day": one.day.isoformat(), "text": one.text}


def _definitions(language: str) -> Iterator[Record]:
    for criterion in CRITERIA:
        yield {
            "criterion": criterion.key,
            "title": texts.text(language, f"report.barometer.criterion.{criterion.key}"),
            "definition": texts.text(language, f"report.barometer.definition.{criterion.key}"),
            "source": texts.text(language, f"report.barometer.law.{criterion.key}"),
            **{f"least_share_of_{mark}": least for mark, least in MARKS},
        }


def _json(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _csv(records: Sequence[Record]) -> bytes:
    """An empty cell is one that is not there: a grade that nobody earned, or a rank."""
    return csv_bytes(records[0] if records else (), [tuple(record.values()) for record in records])
