"""One invented person with one invented credit file, and the documents that two invented bureaus make of it."""

import datetime as dt
import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from rightskit.disclosures import recipe
from rightskit.disclosures.layout import Recipe
from rightskit.disclosures.model import Disclosure
from rightskit.simulation.documents import CreditFile, Enquiry, Entry, Subject, export_zip, score_sheet_pdf

ON = dt.date(2025, 3, 14)
MARKER = "Zyxwvu"


@pytest.fixture(scope="session")
def shipped() -> tuple[Recipe, ...]:
    return recipe.load([Path(__file__).parents[2] / "recipes"])


@pytest.fixture(scope="session")
def subject() -> Subject:
    return Subject(f"{MARKER} Beispiel", dt.date(1980, 2, 29), f"{MARKER}weg 3", "28195", f"{MARKER}stadt")


@pytest.fixture(scope="session")
def file() -> CreditFile:
    return CreditFile(
        base_score=97.38,
        scores={"banks": 9612, "telecoms": 8450},
        scored=dt.date(2025, 3, 1),
        entries=(
            Entry("current-account", f"{MARKER} Bank eG", "bank", None, dt.date(2019, 5, 2)),
            Entry("instalment-loan", f"Kreditwerk {MARKER} AG", "bank", 12345.6, dt.date(2023, 11, 30)),
        ),
        enquiries=(Enquiry(dt.date(2025, 1, 9), f"{MARKER} Mobil GmbH", "contract"),),
    )


@pytest.fixture(scope="session")
def sheet(subject: Subject, file: CreditFile) -> bytes:
    return score_sheet_pdf(
        subject, file, bureau=f"Auskunftei {MARKER}", address="Hafenstraße 1", reference="RK-7K3M-Q2XP", on=ON
    )


@pytest.fixture(scope="session")
def export(subject: Subject, file: CreditFile) -> bytes:
    return export_zip(subject, file, bureau=f"Auskunftei {MARKER}", reference="RK-7K3M-Q2XP", on=ON)


@pytest.fixture(scope="session")
def returned() -> Callable[[bytes], Disclosure]:
    def make(content: bytes, name: str = f"{MARKER}.pdf") -> Disclosure:
        key = hashlib.sha256(content).hexdigest()
        return Disclosure(key, "RK-7K3M-Q2XP", "M7K3MQ2XP", "nordlicht", name, "application/octet-stream", content)

    return make
