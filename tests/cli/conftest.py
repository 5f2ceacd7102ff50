"""An invented campaign in the folder of the command."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

CAMPAIGN = """\
slug: probe
title: Was wissen sie?
organiser:
  name: Initiative Mitmachen
  email: hallo@mitmachen.example
requests:
  - rights: [access]
    controllers: [nordlicht]
"""
CONTROLLERS = """\
controllers:
  - id: nordlicht
    name: Auskunftei Nordlicht GmbH
    country: DE
    address: [Deichstraße 5, 20459 Hamburg, Deutschland]
    email: datenschutz@nordlicht.example
    languages: [de]
    categories: [credit-bureau]
    identify_by: [{field: name}]
    sources: [https://nordlicht.example/datenschutz]
    checked: 2026-02-01
    quality: verified
"""


@pytest.fixture(scope="session")
def authorities(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped registry without its controllers."""
    from rightskit import paths

    whole = paths.shipped("controllers.yaml").read_text(encoding="utf-8")
    path = tmp_path_factory.mktemp("registry") / "authorities.yaml"
    path.write_text(whole[whole.index("\nauthorities:") :], encoding="utf-8")
    return path


@pytest.fixture
def campaign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, authorities: Path) -> Path:
    """A campaign without a vault; registry and key take a moment only, for each test reads and derives them anew."""
    from rightskit import paths
    from rightskit.vault import store

    (tmp_path / "campaign.yaml").write_text(CAMPAIGN, encoding="utf-8")
    (tmp_path / "controllers.yaml").write_text(CONTROLLERS, encoding="utf-8")
    monkeypatch.setenv("RIGHTSKIT_PASSPHRASE", "six invented words for a test")
    monkeypatch.setenv("RIGHTSKIT_TODAY", "2026-03-02")
    shipped = paths.shipped
    monkeypatch.setattr(paths, "shipped", lambda name: authorities if name == "controllers.yaml" else shipped(name))
    monkeypatch.setattr(store, "_PRAGMAS", ("kdf_iter = 1000", *store._PRAGMAS))
    return tmp_path
