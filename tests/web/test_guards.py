"""The machinery of guards: dropped before migrations, put back after, missed when they are gone."""

import pytest
from django.core import checks
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from web import guards
from web.models import Deed, Person, record


def warnings() -> list[checks.CheckMessage]:
    return checks.run_checks(tags=[checks.Tags.database], databases=["default"])


def test_a_deed_is_never_changed_or_deleted(resident: Person) -> None:
    record(resident, "look", resident)
    with pytest.raises(IntegrityError, match="web_deed_is_append_only_update"), transaction.atomic():
        Deed.objects.update(verb="something else")
    with pytest.raises(IntegrityError, match="web_deed_is_append_only_delete"), transaction.atomic():
        Deed.objects.all().delete()
    assert Deed.objects.get().verb == "look"


def test_a_deed_table_is_never_truncated(resident: Person) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    with pytest.raises(IntegrityError, match="not_truncated"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE web_deed CASCADE")


def test_a_missing_guard_is_named_by_the_system_check(db: None) -> None:
    assert not warnings()
    on = " ON ledger_transfer" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER transfers_add_up{on}")
    assert [warning.msg for warning in warnings()] == ["The database has no guard “transfers_add_up”."]
    guards.install_all()
    assert not warnings()


def test_installing_twice_changes_nothing(db: None) -> None:
    before = guards._triggers(connection)
    guards.install_all()
    assert guards._triggers(connection) == before


def test_no_guards_are_asked_of_a_database_without_tables(db: None) -> None:
    assert checks.run_checks(tags=[checks.Tags.database], databases=[]) == []
    gone = guards.Guard(name="nobody", table="no_such_table", when="BEFORE DELETE", sqlite="", postgresql="")
    guards.KEPT["nowhere"] = (gone,)
    try:
        guards.install_all()
        assert "nobody" not in guards.missing()
    finally:
        del guards.KEPT["nowhere"]


@pytest.mark.django_db(transaction=True)
def test_migrating_drops_the_guards_and_puts_them_back() -> None:
    """A migration that rebuilds a table would lose them without a word on SQLite."""
    guards.drop_all()
    assert "transfers_add_up" in guards.missing()
    call_command("migrate", verbosity=0)
    assert not guards.missing()


@pytest.mark.django_db(transaction=True)
def test_a_test_with_real_transactions_leaves_the_guards_in_place() -> None:
    """Its tables are emptied afterwards, in spite of the guards (tests/guards_in_tests.py)."""
    person = Person.objects.create(name="Iemand")
    record(person, "look", person)
    assert Deed.objects.count() == 1
    assert not guards.missing()
