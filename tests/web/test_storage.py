"""Uploads of what was refused are not left behind; of what was kept they stay."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from web.forms import Form

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def uploads(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def keep(name: str) -> str:
    return default_storage.save(name, ContentFile(b"a picture"))


@transaction.atomic
def keep_and_refuse(name: str = "refused.jpg") -> None:
    keep(name)
    raise ValidationError("Somebody has just done this.")


@transaction.atomic
def keep_for_good() -> str:
    return keep("kept.jpg")


def bound(form: type[Form] = Form) -> Form:
    return form({})


def test_what_a_refused_action_wrote_goes_away(uploads: Path) -> None:
    form = bound()
    assert not form.run(keep_and_refuse)
    assert not form.attempt("sheets", keep_and_refuse)
    assert names(uploads) == []


def test_what_an_action_kept_stays(uploads: Path) -> None:
    assert bound().run(keep_for_good)
    assert names(uploads) == ["kept.jpg"]


@pytest.mark.django_db(transaction=True)
def test_what_was_kept_before_a_refusal_stays_with_its_rows(uploads: Path) -> None:
    keep_for_good()

    def keep_two_and_refuse() -> None:
        keep_for_good()
        keep("not in a transaction.jpg")
        keep_and_refuse()

    assert not bound().run(keep_two_and_refuse)
    assert len(names(uploads)) == 3
    assert "refused.jpg" not in names(uploads)


def test_a_program_that_breaks_leaves_nothing_either(uploads: Path) -> None:

    @transaction.atomic
    def break_halfway() -> None:
        keep("half.jpg")
        _never = 1 / 0

    with pytest.raises(ZeroDivisionError):
        bound().run(break_halfway)
    assert names(uploads) == []


def test_elsewhere_a_file_is_kept_as_ever(uploads: Path) -> None:
    with pytest.raises(ValidationError):
        keep_and_refuse()
    assert names(uploads) == ["refused.jpg"], "nobody asked to take it away"
