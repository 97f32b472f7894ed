"""Deeds: added, never changed; what was typed beside them can be erased."""

import pytest
from django.db import DatabaseError, connection, transaction

from web.models import Deed, DeedDetail, Funder, Person, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna() -> Person:
    return Person.objects.create(name="Anna de Vries", email="anna@example.nl")


@pytest.fixture
def funder() -> Funder:
    return Funder.objects.create(name="Gemeente Waterveen", slug="waterveen", mailbox="buurt@example.nl", phone="14 0")


def test_a_deed_says_who_did_what_to_which_thing(anna: Person, funder: Funder) -> None:
    deed = record(anna, "rename", funder, name="Waterveen", phone="14 010")
    assert (deed.by, deed.verb, deed.thing, deed.thing_id) == (anna, "rename", "web.funder", str(funder.pk))
    assert deed.fields == ["name", "phone"]
    assert deed.detail.values == {"name": "Waterveen", "phone": "14 010"}
    assert list(Deed.objects.about(funder)) == [deed]


def test_a_deed_without_values_has_no_detail(anna: Person, funder: Funder) -> None:
    deed = record(anna, "look_at", funder)
    assert not DeedDetail.objects.filter(deed=deed).exists()


@pytest.mark.parametrize(
    "by_hand",
    [
        "UPDATE web_deed SET verb = 'nothing'",
        "DELETE FROM web_deed",
        "UPDATE web_deed SET by_id = by_id",
    ],
)
def test_the_database_refuses_to_change_or_delete_a_deed(by_hand: str, anna: Person, funder: Funder) -> None:
    record(anna, "look_at", funder)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(by_hand)
    assert Deed.objects.get().verb == "look_at"


def test_replacing_a_deed_is_refused_too(anna: Person, funder: Funder) -> None:
    deed = record(anna, "look_at", funder)
    if connection.vendor == "sqlite":
        sql = "INSERT OR REPLACE INTO web_deed SELECT * FROM web_deed"
    else:
        sql = "TRUNCATE web_deed CASCADE"
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert Deed.objects.get() == deed


def test_what_was_typed_can_be_erased_and_the_deed_stays(anna: Person, funder: Funder) -> None:
    deed = record(anna, "rename", funder, name="Straatfeest van Anna de Vries")
    deed.detail.delete()
    anna.erase()
    deed = Deed.objects.get()
    assert (deed.verb, deed.by.name, deed.by.email) == ("rename", "", "")
    everything = [
        str(value) for row in (*Deed.objects.values(), *DeedDetail.objects.values()) for value in row.values()
    ]
    assert "Anna" not in " ".join(everything)


def test_deeds_of_one_plan_come_in_order(anna: Person, funder: Funder) -> None:
    funder.thread = 7  # type: ignore[attr-defined]  # stands for any noun about a plan
    first, second = record(anna, "ask", funder), record(anna, "send", funder)
    record(anna, "look_at", Funder.objects.get())
    assert list(Deed.objects.on_thread(7)) == [first, second]
