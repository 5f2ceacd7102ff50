import dataclasses
import datetime as dt
import io
import statistics
import zipfile

from rightskit.simulation.credit import document, held
from rightskit.simulation.profiles import profile_of

ON = dt.date(2026, 3, 2)


def scores(letters, **known):
    return [held(dataclasses.replace(mail, **known), 1, ON)[1] for mail in letters]


def test_younger_people_and_some_towns_score_lower(letters):
    young = statistics.mean(f.base_score for f in scores(letters, birthdate=dt.date(2002, 1, 1), city="Kiel"))
    old = statistics.mean(f.base_score for f in scores(letters, birthdate=dt.date(1950, 1, 1), city="Kiel"))
    town = statistics.mean(f.base_score for f in scores(letters, birthdate=dt.date(1950, 1, 1), city="Gera"))
    assert 2 < old - young < 4
    assert 0.8 < old - town < 1.8


def test_sectors_differ(letters):
    files = scores(letters[:200])
    shops = statistics.mean(file.scores["mail-order"] for file in files)
    assert shops + 200 < statistics.mean(file.scores["banks"] for file in files)


def test_scores_stay_within_their_scale(letters):
    for file in scores(letters):
        assert 0 < file.base_score < 100
        assert all(1 <= score <= 9999 for score in file.scores.values())


def test_an_export_names_the_person_who_asked(letters):
    name, content = document(letters[1], profile_of(letters[1].to), seed=1, on=ON, sheet=False)
    assert name.endswith(".zip")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        data = archive.read("auskunft/data.json").decode()
    assert letters[1].name in data
    assert letters[1].reference in data


def test_a_score_sheet_is_a_pdf_with_the_reference_in_its_name(letters):
    name, content = document(letters[0], profile_of(letters[0].to), seed=1, on=ON, sheet=True)
    assert name == f"Datenkopie_{letters[0].reference}.pdf"
    assert content.startswith(b"%PDF")
