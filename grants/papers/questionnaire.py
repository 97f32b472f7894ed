"""The questionnaire: one A4 to fill in with a neighbour, at the door or at the kitchen table."""

from dataclasses import dataclass

from django.utils import translation

from grants.models import Support, SupportPage
from web.lettering import MUTED, SMALLEST, Style, wrap
from web.paper import LEFT, RIGHT, Paper

FULL_WIDTH = RIGHT - LEFT
LINE = 29.0  # points between two lines to write on
MOST_TITLE, MOST_TEXT = 2, 5  # lines
TITLE, QUESTION, BODY = Style("H1", 20, bold=True), Style("H2", 12, bold=True), Style(size=11)
SMALL = Style(size=SMALLEST, colour=MUTED)
WORDS = {
    "nl": {
        "over": "Vul dit samen met uw buren in",
        "now": "Wat is er nu al in de buurt? Wat mist u?",
        "better": "Wat wordt er door dit plan beter of leuker?",
        "think": "Wat vindt u van het plan?",
        "worry": "Heeft u een zorg? Schrijf op welke. U hoort wat wij ermee doen.",
        "add": "Wij gaan dit doen. Wat wilt u daaraan bijdragen?",
        "who": "Wie bent u? Uw voornaam en postcode:",
        "reach": "Uw e-mail of telefoon (hoeft niet). Dan kunnen wij u antwoord geven:",
        "privacy": (
            "%(funder)s zorgt dat uw gegevens veilig zijn. Wij vragen ze om te zien of buren het plan steunen. "
            "Zes weken na het besluit doen wij dit blad weg. Wilt u het eerder weg hebben? Bel %(phone)s."
        ),
    },
    "en": {
        "over": "Fill this in together with your neighbours",
        "now": "What is there already in the neighbourhood? What do you miss?",
        "better": "What gets better, or more fun, with this plan?",
        "think": "What do you think of the plan?",
        "worry": "Do you have a worry? Write down which. You hear what we do with it.",
        "add": "We are going to do this. What do you want to bring to it?",
        "who": "Who are you? Your first name and postcode:",
        "reach": "Your e-mail or phone (not needed). Then we can answer you:",
        "privacy": (
            "%(funder)s keeps your data safe. We ask them to see if neighbours support the plan. "
            "Six weeks after the decision we destroy this sheet. Do you want it gone sooner? Call %(phone)s."
        ),
    },
}


@dataclass(frozen=True)
class QuestionnaireOnPaper:
    """What is printed. `funder` and `phone`: who is responsible for what neighbours write (GDPR 13)."""

    title: str
    what: str
    funder: str
    phone: str
    choices: tuple[str, ...]
    language: str = "nl"


def on_paper(page: SupportPage) -> QuestionnaireOnPaper:
    """The questionnaire of a plan, in the language of its first contact."""
    plan, funder = page.plan, page.funder
    language = plan.first_contact.language if plan.first_contact.language in WORDS else "nl"
    with translation.override(language):
        choices = tuple(str(kind.label) for kind in Support.Kind)
        title = str(plan)
    return QuestionnaireOnPaper(title, plan.what, funder.name, funder.phone, choices, language)


def questionnaire_pdf(sheet: QuestionnaireOnPaper) -> bytes:
    """One A4, with lines to write on."""
    words = WORDS[sheet.language]
    paper = Paper(sheet.title, language=sheet.language)
    paper.text([words["over"]], SMALL)
    paper.text(wrap(sheet.title, TITLE, FULL_WIDTH)[:MOST_TITLE], TITLE)
    paper.text([line for line in wrap(sheet.what, BODY, FULL_WIDTH) if line][:MOST_TEXT], BODY)
    _ask(paper, words["now"], lines=2)
    _ask(paper, words["better"], lines=2)
    _ask(paper, words["think"], lines=0)
    paper.text([" ".join(f"☐ {choice}      " for choice in sheet.choices)], Style(size=14))
    _ask(paper, words["worry"], lines=2)
    _ask(paper, words["add"], lines=2)
    paper.y -= 16
    told = words["privacy"] % {"funder": sheet.funder, "phone": sheet.phone}
    paper.text(wrap(told, SMALL, FULL_WIDTH), SMALL)
    _ask(paper, words["who"], lines=1)
    _ask(paper, words["reach"], lines=1)
    return paper.finish()


def _ask(paper: Paper, question: str, *, lines: int) -> None:
    """A question, and lines to write the answer on."""
    paper.y -= 12
    paper.text(wrap(question, QUESTION, FULL_WIDTH), QUESTION)
    for _line in range(lines):
        paper.rule(above=LINE)
