"""Who comes in where: every page about money, for everybody who might knock (the marks: tests/doors.py)."""

import pytest

from tests.doors import Door, doors, faults, pages_of
from tests.street import Street

pytestmark = [pytest.mark.django_db, pytest.mark.wide]

TABLE = """
# page                  about what         how    nobody, a device, outside; contact, member, without an account;
#                                                officer, decider, treasurer, fund admin, auditor, panel; elsewhere;
#                                                the helper they let in, a helper whom nobody let in

# budget
budgets                 everybody          any     > > .  . . >  o o o o o .  o  . .
new_budget              funder             any     > > .  . . >  x x + x x .  .  . .
budget                  budget             any     > > .  . . >  o o o o o .  .  . .
set_budget              budget             any     > > .  . . >  x x + x x .  .  . .
budget_rows             card               any     > > .  . . >  + + + + + .  .  . .

# pay
bank_details            commitment         any     > > .  + . >  + x + x x .  .  . .
check_iban              commitment         any     > > .  . . >  + x + x x .  .  . .
payments                everybody          any     > > .  . . >  + + + + + .  o  . .
payments_in             list               any     > > .  . . >  + + + + + .  o  . .
payment                 payment            any     > > .  . . >  + + + + + .  .  . .
put_on_its_way          payment            button  > > .  . . >  x x + x x .  .  . .
confirm                 payment            any     > > .  . . >  x x + x x .  .  . .
came_back               payment            any     > > .  . . >  x x + x x .  .  . .
name_check              payment            button  > > .  . . >  x x + x x .  .  . .

# spend: the group's own, until it is handed in
purse                   cash book          any     > > .  + + >  . . . . . .  .  . .
purse                   handed in          any     > > .  + + >  + . . . + .  .  . .
book_expense            cash book          any     > > .  + + >  . . . . . .  .  . .
book_expense            handed in          any     > > .  + + >  x . . . x .  .  . .
book_in                 side               any     > > .  + + >  . . . . . .  .  . .
book_in                 handed in’s side   any     > > .  + + >  x . . . x .  .  . .
hand_in                 cash book          any     > > .  + + >  . . . . . .  .  . .
hand_in                 handed in          any     > > .  + + >  x . . . x .  .  . .
change_expense          line               any     > > .  + + >  . . . . . .  .  . .
change_expense          handed in’s line   any     > > .  + + >  x . . . x .  .  . .
delete_expense          line               button  > > .  + + >  . . . . . .  .  . .
delete_expense          handed in’s line   button  > > .  + + >  x . . . x .  .  . .
counter_expense         line               button  > > .  + + >  . . . . . .  .  . .
counter_expense         handed in’s line   button  > > .  + + >  x . . . x .  .  . .
photo                   line               any     > > .  + + >  . . . . . .  .  . .
photo                   handed in’s line   any     > > .  + + >  + . . . + .  .  . .
"""
DOORS = doors("ledger", TABLE)


def test_every_page_has_a_line() -> None:
    assert {door.page for door in DOORS} == pages_of("ledger")


@pytest.mark.parametrize("door", DOORS, ids=str)
def test_it_opens_for_them_alone(door: Door, street: Street) -> None:
    assert list(faults(door, street)) == []
