"""The way of a plan through a scheme, made from its rules: each step, who takes it, and how long that is."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from grants.models.edition import Edition
from grants.models.track import Track
from web.amounts import write_amount


@dataclass(frozen=True)
class Step:
    """`who` takes it; `how_long` is empty where residents have all the time they want."""

    what: str
    who: str
    how_long: tuple[str, ...] = ()


def steps_of(edition: Edition) -> list[Step]:
    return list(_steps(edition))


def _steps(edition: Edition) -> Iterator[Step]:
    funder = edition.scheme.funder.name
    yield Step(_("You write your plan on one page. We help you if you want."), _("you"), _days(edition))
    yield Step(_("You get a letter that we have it."), funder, (_("the same day"),))
    yield Step(_("We find out if it may be done here. You don't have to."), funder)
    yield Step(_("Is something missing? Then you get it back once, with one list."), funder)
    yield Step(_("We read your plan and look at what stands on the page of the scheme."), funder)
    if edition.panel_from is not None:
        what = _("Residents give advice, for plans of %(amount)s or more.")
        yield Step(what % {"amount": write_amount(edition.panel_from)}, _("the panel of residents"))
    if edition.division == Edition.Division.RANKING:
        yield Step(_("We put the plans of a round beside each other. The best ones come first."), funder)
    yield Step(_("We decide, and you get a letter with the reasons."), funder, _answers(edition))
    if edition.second_signature_above is not None:
        what = _("Above %(amount)s a second person signs too.")
        yield Step(what % {"amount": write_amount(edition.second_signature_above)}, funder)
    yield Step(_("You tell us to which account the money goes. Then we pay."), funder, (_("within six weeks"),))
    yield Step(_("You carry it out, and tell us how it went."), _("you"), tuple(_afterwards(edition)))


def _days(edition: Edition) -> tuple[str, ...]:
    """When plans can be sent."""
    if edition.in_rounds:
        return tuple(
            _("from %(first)s to %(last)s")
            % {"first": date_format(each.opens_on, "j F Y"), "last": date_format(each.closes_on, "j F Y")}
            for each in edition.rounds.all()
        )
    if edition.closes_on:
        return (_("until %(day)s") % {"day": date_format(edition.closes_on, "j F Y")},)
    return (_("the whole year"),)


def _answers(edition: Edition) -> tuple[str, ...]:
    if edition.in_rounds:
        return tuple(
            _("at the latest on %(day)s") % {"day": date_format(each.answer_by, "j F Y")}
            for each in edition.rounds.all()
        )
    return tuple(
        _("up to %(amount)s: within %(number)s %(unit)s")
        % {"amount": write_amount(track.up_to), "number": track.answer_within, "unit": track.get_answer_unit_display()}
        for track in edition.tracks.all()
    )


def _afterwards(edition: Edition) -> Iterator[str]:
    for track in edition.tracks.all():
        yield asked_afterwards(track)


def asked_afterwards(track: Track) -> str:
    words = {"amount": write_amount(track.up_to), "number": track.story_questions}
    if track.duties.asks_overview:
        return _("up to %(amount)s: %(number)s questions, and what you spent") % words
    if track.story_questions == 1:
        return _("up to %(amount)s: one question") % words
    return _("up to %(amount)s: %(number)s questions") % words
