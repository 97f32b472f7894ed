"""What is typed about a reaction: what it is and says, how it came, and the answer."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from grants.models import Application, Member, Reaction
from grants.models.reaction import kinds_for, kinds_on_paper
from grants.typed import MemberField
from web.clock import today
from web.days import DayField
from web.forms import Form, Why

KINDS = {
    Reaction.Kind.OBJECTION: _("I object to the decision. Somebody else looks at it again"),
    Reaction.Kind.DEFAULT: _("You are too late with your decision. I ask you to decide within two weeks"),
    Reaction.Kind.VIEW: _("I want you to know how I see it"),
    Reaction.Kind.COMPLAINT: _("I have a complaint about how you treat us"),
}
PRIVATE_KINDS = {Reaction.Kind.COMPLAINT: _("I disagree, or I have a complaint")}


class ReactionForm(Form):
    """What residents send: one of what is possible now, and a short text."""

    why: ClassVar[dict[str, Why]] = {"kind": "decision", "text": "decision"}

    kind = forms.ChoiceField(label=_("What do you want to send?"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("What do you want to say?"),
        help_text=_("A few words are enough. Say what you would like us to do."),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write what it is about. A few words are enough.")},
    )

    def __init__(self, *args: Any, application: Application, **extra: Any) -> None:
        kinds = kinds_for(application)
        super().__init__(*args, initial={"kind": kinds[0]}, **extra)
        words = KINDS if application.scheme.funder.is_public_body else PRIVATE_KINDS
        self.fields["kind"].choices = [(kind.value, words[kind]) for kind in kinds]  # type: ignore[attr-defined]  # its own kind


class RegisterForm(Form):
    """What came another way: from whom, how, and when."""

    why: ClassVar[dict[str, Why]] = {
        "kind": "decision",
        "member": "decision",
        "came_by": "decision",
        "received_on": "decision",
        "posted_on": "voluntary",
        "text": "decision",
    }

    kind = forms.ChoiceField(label=_("What is it?"), widget=forms.RadioSelect)
    member = MemberField(Member.objects.none(), label=_("Whose is it?"), empty_label=None, widget=forms.RadioSelect)
    came_by = forms.ChoiceField(
        label=_("How did it come?"),
        choices=[each for each in Reaction.CameBy.choices if each[0] != Reaction.CameBy.HERE],
        widget=forms.RadioSelect,
    )
    received_on = DayField(
        label=_("When did it come?"), help_text=_("Its clock begins on this day. Write it like 31-12-2026.")
    )
    posted_on = DayField(label=_("When was it posted?"), required=False)
    text = forms.CharField(
        label=_("What do they say?"),
        help_text=_("In their own words. They get a copy."),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write what it is about. A few words are enough.")},
    )

    def __init__(self, *args: Any, application: Application, **extra: Any) -> None:
        super().__init__(*args, initial={"received_on": today()}, **extra)
        stamp = application.scheme.funder.citing(_("The day on the stamp: posted in time is in time."), "6:9")
        self.fields["posted_on"].help_text = stamp
        kinds = kinds_on_paper(application)
        self.fields["kind"].choices = [(kind.value, kind.label.capitalize()) for kind in kinds]  # type: ignore[attr-defined]  # its own kind
        members = application.plan.members.select_related("person").order_by("pk")
        self.fields["member"].queryset = members  # type: ignore[attr-defined]  # its own kind


class AnswerForm(Form):
    """Whether they are right, why, and how they were heard."""

    why: ClassVar[dict[str, Why]] = {"outcome": "decision", "heard": "decision", "reason": "decision"}

    outcome = forms.ChoiceField(label=_("The answer"), widget=forms.RadioSelect)
    heard = forms.ChoiceField(
        label=_("How were they heard?"),
        choices=Reaction.Heard.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why? Use the residents' own words"),
        help_text=_("They read this in their letter."),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write why, in words the residents understand.")},
    )

    def __init__(self, *args: Any, reaction: Reaction, **extra: Any) -> None:
        super().__init__(*args, **extra)
        late = Reaction.Outcome.TOO_LATE
        outcomes = [(value, label) for value, label in Reaction.Outcome.choices if value != late or reaction.is_late]
        self.fields["outcome"].choices = outcomes  # type: ignore[attr-defined]  # its own kind
        if reaction.kind != Reaction.Kind.OBJECTION:
            del self.fields["heard"]
