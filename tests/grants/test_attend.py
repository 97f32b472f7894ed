"""A desk of somebody who works for a funder: what is new on it, the mail in the morning, and who takes over."""

import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.urls import reverse

from grants.ask import actions as ask
from grants.attend.actions import arrange_desk
from grants.attend.letters import send_morning_mails
from grants.enquire import actions as enquire
from grants.models import Application, Desk, Idea, Scheme
from grants.models.desk import at_work, colleagues_of, works_for
from grants.report import actions as report
from grants.review.actions import take_up
from ledger.pay import actions as pay
from tests import make
from tests.conftest import SignedIn
from web import clock
from web.models import Deed, Funder, Mail, Person, Seat

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
PAGE = "/werk/aanwezig/"
TUESDAY = datetime(2026, 6, 9, 7, tzinfo=AMSTERDAM)
NEW = "Since you last looked"


@pytest.fixture
def on_the_desk(application: Application, officer: Person) -> Application:
    """Fatima has it."""
    take_up(application, by=officer)
    return application


def answered(application: Application, resident: Person, officer: Person) -> None:
    enquire.answer_enquiry(make.asked(application, by=officer), answer="Buurvrouw Joke.", by=resident)


def completed(application: Application, resident: Person, officer: Person) -> None:
    make.returned(application, by=officer)
    ask.complete(Application.objects.get(pk=application.pk), by=resident)


def withdrawn(application: Application, resident: Person, officer: Person) -> None:
    ask.withdraw(application, by=resident)


def stopped(application: Application, resident: Person, officer: Person) -> None:
    make.grant(application, by=officer)
    report.stop(Application.objects.get(pk=application.pk), by=resident)


def another_account(application: Application, resident: Person, officer: Person) -> None:
    commitment = make.grant(application, by=officer).commitment
    iban = "NL91ABNA0417164300"
    pay.give_bank_details(commitment, kind="me", name="S. Lindeboom", iban=iban, bank="ABN AMRO", by=resident)


DONE = [answered, completed, withdrawn, stopped, another_account]


@pytest.mark.parametrize("do", DONE, ids=lambda do: do.__name__)
def test_what_residents_did_is_new_until_the_officer_opens_it(
    as_: SignedIn,
    on_the_desk: Application,
    resident: Person,
    officer: Person,
    decider: Person,
    do: Callable[..., None],
) -> None:
    page, inbox = reverse("grants:application", args=[on_the_desk.pk]), reverse("grants:inbox")
    assert NEW not in as_(officer).get(page).text
    do(on_the_desk, resident, officer)
    assert "New from residents" in as_(officer).get(inbox).text
    assert NEW in as_(decider).get(page).text, "a colleague sees it, and leaves it new"
    assert NEW in as_(officer).get(page).text
    assert NEW not in as_(officer).get(page).text
    assert "New from residents" not in as_(officer).get(inbox).text


def test_what_officers_did_is_not_new(as_: SignedIn, on_the_desk: Application, officer: Person) -> None:
    make.judgement(on_the_desk, by=officer)
    assert NEW not in as_(officer).get(reverse("grants:application", args=[on_the_desk.pk])).text


def test_news_at_another_fund_is_not_new_here(
    as_: SignedIn, on_the_desk: Application, resident: Person, officer: Person, outsider: Person, other_funder: Funder
) -> None:
    elsewhere = make.application(make.scheme(other_funder), resident)
    Application.objects.filter(pk=elsewhere.pk).update(plan=on_the_desk.plan)
    ask.withdraw(Application.objects.get(pk=elsewhere.pk), by=resident)
    assert NEW not in as_(officer).get(reverse("grants:application", args=[on_the_desk.pk])).text


def test_what_nobody_has_is_read_by_whoever_opens_it(
    as_: SignedIn, application: Application, resident: Person, officer: Person, decider: Person
) -> None:
    ask.withdraw(application, by=resident)
    page = reverse("grants:application", args=[application.pk])
    assert NEW in as_(decider).get(page).text
    assert NEW not in as_(officer).get(page).text


# Away


def away(person: Person, colleague: Person, days: int = 3) -> Desk:
    until = clock.today() + timedelta(days=days)
    return arrange_desk(Desk.of(person), morning_mail=True, away_until=until, replaced_by=colleague, by=person)


def test_a_colleague_gets_the_work_until_and_with_the_last_day(
    as_: SignedIn, on_the_desk: Application, officer: Person, decider: Person, resident: Person
) -> None:
    away(officer, decider)
    assert works_for(decider) == {officer.pk, decider.pk}
    ask.withdraw(on_the_desk, by=resident)
    inbox = as_(decider).get(reverse("grants:inbox")).text
    assert "New from residents" in inbox
    assert "Fatima van Wilgen" in inbox
    assert NEW in as_(decider).get(reverse("grants:application", args=[on_the_desk.pk])).text
    assert NEW not in as_(officer).get(reverse("grants:application", args=[on_the_desk.pk])).text
    with clock.at(clock.now() + timedelta(days=4)):
        assert works_for(decider) == {decider.pk}


def test_a_replacement_who_is_away_hands_on_what_they_stood_in_for(
    funder: Funder, officer: Person, decider: Person
) -> None:
    third = make.person("Derya Den")
    make.seat(third, funder, Seat.Role.OFFICER)
    away(officer, decider)
    away(decider, third)
    assert works_for(third) == {officer.pk, decider.pk, third.pk}


def test_two_never_wait_for_each_other(officer: Person, decider: Person) -> None:
    away(officer, decider)
    with pytest.raises(ValidationError, match="the work of this colleague"):
        away(decider, officer)


@pytest.mark.parametrize("who", ["treasurer", "outsider", "resident", "officer"])
def test_only_a_colleague_with_the_same_work_takes_over(
    request: pytest.FixtureRequest, officer: Person, decider: Person, who: str
) -> None:
    assert list(colleagues_of(officer)) == [decider]
    with pytest.raises(ValidationError, match="colleague who does the same"):
        away(officer, request.getfixturevalue(who))


def test_a_day_that_is_past_or_nobody_is_refused_at_its_field(as_: SignedIn, officer: Person, decider: Person) -> None:
    visitor = as_(officer)
    past = visitor.post(PAGE, {"away_until": "01-01-2020", "replaced_by": decider.pk})
    assert "Choose today or a later day." in past.text
    assert "01-01-2020" in past.text, "what was typed stays"
    later = (clock.today() + timedelta(days=9)).strftime("%d-%m-%Y")
    assert "Choose a colleague" in visitor.post(PAGE, {"away_until": later, "replaced_by": ""}).text
    assert not Desk.objects.filter(away_until__isnull=False).exists()
    assert visitor.post(PAGE, {"away_until": later, "replaced_by": decider.pk}).status_code == 302
    assert Desk.objects.get(person=officer).is_away
    assert visitor.post(PAGE, {"morning_mail": "on", "away_until": "", "replaced_by": decider.pk}).status_code == 302
    desk = Desk.objects.get(person=officer)
    assert (desk.is_away, desk.replaced_by, desk.morning_mail) == (False, None, True)


def test_a_desk_is_ones_own(officer: Person, decider: Person, treasurer: Person) -> None:
    for desk_of, by in ((officer, decider), (treasurer, treasurer)):
        with pytest.raises(PermissionDenied):
            arrange_desk(Desk.of(desk_of), morning_mail=False, by=by)
    arrange_desk(Desk.of(officer), morning_mail=False, by=officer)
    assert Deed.objects.get(verb="arrange_desk").by == officer


# The morning


@pytest.fixture
def morning(scheme: Scheme, officer: Person, resident: Person) -> list[Application]:
    """On Fatima's desk, on a Tuesday: one late, one due today, one later, and one that nobody has."""
    Seat.objects.update(starts_on=date(2026, 1, 1))
    made = []
    for days, has in ((-1, officer), (0, officer), (5, officer), (5, None)):
        each = make.application(scheme, resident, title="Geheim tuintje")
        day = TUESDAY.date() + timedelta(days=days)
        Application.objects.filter(pk=each.pk).update(answer_by=day, officer=has)
        made.append(Application.objects.get(pk=each.pk))
    return made


def mails_at(moment: datetime) -> list[Mail]:
    before = set(Mail.objects.values_list("pk", flat=True))
    with clock.at(moment):
        send_morning_mails()
    return list(Mail.objects.exclude(pk__in=before).order_by("pk"))


def test_one_mail_says_what_is_late_due_and_nobodys_and_nothing_of_people(
    morning: list[Application], officer: Person, resident: Person
) -> None:
    late, due, later, nobodys = morning
    Person.objects.filter(pk=officer.pk).update(language="en")
    [mail] = mails_at(TUESDAY)
    assert mail.to == officer
    assert f"Late: 1\n{late.number}\n" in mail.text
    assert f"An answer is due today: 1\n{due.number}\n" in mail.text
    assert f"Nobody has it yet: 1\n{nobodys.number}\n" in mail.text
    assert later.number not in mail.text
    assert "New from residents" not in mail.text
    for word in ("Geheim", "Samira", resident.email):
        assert word not in mail.subject + mail.text


def test_what_residents_did_stands_in_the_mail_until_it_is_opened(
    as_: SignedIn, morning: list[Application], officer: Person, resident: Person
) -> None:
    ask.withdraw(morning[0], by=resident)
    assert f"Nieuw van bewoners: 1\n{morning[0].number}\n" in mails_at(TUESDAY)[0].text
    as_(officer).get(reverse("grants:application", args=[morning[0].pk]))
    assert "Nieuw van bewoners" not in mails_at(TUESDAY + timedelta(days=1))[0].text


def test_it_comes_once_a_working_day_and_never_at_night(morning: list[Application]) -> None:
    assert mails_at(TUESDAY.replace(hour=5, minute=59)) == []
    assert len(mails_at(TUESDAY.replace(hour=6))) == 1
    assert mails_at(TUESDAY.replace(hour=6, minute=1)) == []
    assert mails_at(TUESDAY.replace(hour=23)) == []
    assert len(mails_at(TUESDAY + timedelta(days=1))) == 1
    assert mails_at(datetime(2026, 6, 13, 9, tzinfo=AMSTERDAM)) == [], "a Saturday"
    assert mails_at(datetime(2026, 12, 25, 9, tzinfo=AMSTERDAM)) == [], "Christmas"


def test_who_does_not_want_it_gets_none(morning: list[Application], officer: Person) -> None:
    arrange_desk(Desk.of(officer), morning_mail=False, by=officer)
    assert mails_at(TUESDAY) == []


def test_who_is_away_gets_none_and_the_colleague_both(
    morning: list[Application], officer: Person, decider: Person
) -> None:
    with clock.at(TUESDAY):
        away(officer, decider)
    [mail] = mails_at(TUESDAY)
    assert mail.to == decider
    assert morning[0].number in mail.text
    back = mails_at(TUESDAY + timedelta(days=6))
    assert [each.to for each in back] == [officer, decider]
    assert morning[0].number not in back[1].text


def test_nothing_to_tell_is_no_mail(officer: Person, treasurer: Person) -> None:
    Seat.objects.update(starts_on=date(2026, 1, 1))
    assert mails_at(TUESDAY) == []


def test_a_late_idea_alone_is_worth_a_mail(funder: Funder, scheme: Scheme, officer: Person) -> None:
    Seat.objects.update(starts_on=date(2026, 1, 1))
    idea = make.idea(funder)
    Idea.objects.filter(pk=idea.pk).update(answer_by=TUESDAY.date())
    assert "Ideeën die vandaag antwoord krijgen: 1" in mails_at(TUESDAY)[0].text


def test_a_list_in_the_mail_stays_short(scheme: Scheme, officer: Person, resident: Person) -> None:
    Seat.objects.update(starts_on=date(2026, 1, 1))
    for _each in range(22):
        make.application(scheme, resident)
    Application.objects.update(officer=officer, answer_by=TUESDAY.date())
    assert "en nog 2" in mails_at(TUESDAY)[0].text


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_one(morning: list[Application]) -> None:
    def work() -> None:
        try:
            mails_at(TUESDAY)
        finally:
            connection.close()

    Desk.of(Person.objects.get(name__startswith="Fatima"))
    workers = [threading.Thread(target=work) for _each in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert Mail.objects.filter(to__name__startswith="Fatima").count() == 1


# The page


def test_the_inbox_leads_to_it(as_: SignedIn, officer: Person, treasurer: Person) -> None:
    assert PAGE in as_(officer).get(reverse("grants:inbox")).text
    assert PAGE not in as_(treasurer).get(reverse("grants:inbox")).text


def test_residents_read_who_has_their_plan_while_the_officer_is_away(
    as_: SignedIn, on_the_desk: Application, resident: Person, officer: Person, decider: Person
) -> None:
    page = on_the_desk.get_absolute_url()
    assert "Fatima van Wilgen reads your plan." in as_(resident).get(page).text
    until = clock.today() + timedelta(days=5)
    arrange_desk(Desk.of(officer), morning_mail=True, away_until=until, replaced_by=decider, by=officer)
    away = as_(resident).get(page).text
    assert "Diederik Eik reads your plan." in away
    assert "Fatima van Wilgen is away until" in away
    assert "Diederik Eik has your plan now." in away
    with clock.at(clock.now() + timedelta(days=6)):
        assert "Diederik Eik" not in as_(resident).get(page).text.partition("Everything that happened")[0]


def test_a_stand_in_who_is_away_too_hands_it_on(officer: Person, decider: Person, funder: Funder) -> None:
    third = make.person("Karel Kastanje")
    make.seat(third, funder, Seat.Role.OFFICER)
    until = clock.today() + timedelta(days=5)
    arrange_desk(Desk.of(officer), morning_mail=True, away_until=until, replaced_by=decider, by=officer)
    arrange_desk(Desk.of(decider), morning_mail=True, away_until=until, replaced_by=third, by=decider)
    assert at_work(Person.objects.get(pk=officer.pk)) == third
    assert at_work(None) is None


def test_two_who_stand_in_for_each_other_end_somewhere(officer: Person, decider: Person) -> None:
    until = clock.today() + timedelta(days=5)
    Desk.objects.create(person=officer, away_until=until, replaced_by=decider)
    Desk.objects.create(person=decider, away_until=until, replaced_by=officer)
    assert at_work(Person.objects.get(pk=officer.pk)) in {officer, decider}
