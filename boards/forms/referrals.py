"""What is asked about a referral: where it goes, where it is taken, what came of it."""

import datetime as dt
from collections.abc import Sequence

from django import forms

from boards import rules_referrals as rules
from boards.choices_records import Disposition, ReferralKind, ReferralState
from boards.models import Board, Decision, Meeting, ReferralStop
from boards.queries.referrals import LONGEST_WAY
from kit.crispy import Fieldset, Reveal
from kit.fields import DateField, Radios, in_words
from kit.forms import StrideForm
from kit.record_forms import CLASH, TEXT_LIMIT
from people.models import Post

WAITING, OVERDUE = "waiting", "overdue"
TO = [f"to_{number}" for number in range(1, LONGEST_WAY + 1)]


class ActForm(StrideForm):
    """A form whose save is an act: what the service refuses is said on it, and nothing typed is lost."""

    conflict: tuple = ()

    def explain(self, error) -> None:
        """The database refused: somebody else was quicker."""
        self.add_error(None, CLASH)

    def show_conflict(self, current) -> None:
        """Another editor changed the agenda at the same moment."""
        self.add_error(None, "Somebody else changed the agenda meanwhile. Send it again.")

    def ask(self, name: str, verdict) -> None:
        """Put a rule's sentence beside a field."""
        if not verdict and name not in self.errors:
            self.add_error(name, verdict.sentence)


def _text(label: str, hint: str = "", *, required: bool = True, rows: int = 5) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, required=required, max_length=TEXT_LIMIT, widget=widget)


class SendForm(ActForm):
    """Give the decisions of the item that refer it, and the ways that the boards' relationships propose."""

    kind = forms.ChoiceField(
        label="What it is",
        choices=ReferralKind,
        widget=Radios(
            hints={
                ReferralKind.RECOMMENDATION: "The other board is asked to agree it.",
                ReferralKind.DIRECTION: "The other board is told to carry it out.",
                ReferralKind.REPORT_BACK: "The other board is told what came of something.",
                ReferralKind.ESCALATION: "The other board is asked to settle what this one cannot. "
                "Receipt is expected within 2 working days.",
            }
        ),
    )
    title = forms.CharField(label="Title", max_length=200)
    text = _text("What is referred, as the board agreed it", "This text travels on. It stays as it is once sent.")
    restricted = _text(
        "Restricted detail",
        "Only those who read the papers of this item see it. It does not travel.",
        required=False,
        rows=3,
    )
    decision = forms.ModelChoiceField(
        label="By which decision", queryset=Decision.objects.none(), required=False, empty_label="No decision"
    )
    owner_post = forms.ModelChoiceField(
        label="Who answers for it", queryset=Post.objects.none(), required=False, empty_label="Nobody in particular"
    )
    wanted_by = DateField(label="Answer wanted by", required=False, help_text="For example, 27 3 2022")

    def __init__(
        self,
        *args,
        board: Board,
        boards: Sequence[Board],
        ways: dict[str, list[Board]],
        decisions: Sequence[Decision],
        on: dt.date,
        **kwargs,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.board, self.on = board, on
        self.boards = {str(each.pk): each for each in boards}
        proposed = next(iter(ways.values()), [])
        for place, name in enumerate(TO):
            field = forms.ChoiceField(
                label="First to" if place == 0 else f"Then to (board {place + 1})", required=place == 0
            )
            empty = "Select a board" if place == 0 else "Nobody"
            field.choices = [("", empty), *((key, each.title) for key, each in self.boards.items())]
            field.initial = str(proposed[place].pk) if place < len(proposed) else ""
            field.error_messages["required"] = "Select the board that receives it first"
            self.fields[name] = field
        self.fields["decision"].queryset = Decision.objects.filter(pk__in=[each.pk for each in decisions])
        self.fields["decision"].label_from_instance = lambda each: f"{each.reference}: {each.text[:80]}"
        self.fields["owner_post"].queryset = Post.objects.existing_on(on)
        self.fields["wanted_by"].earliest = on
        self.proposal = "; ".join(
            f"{ReferralKind(kind).label}: {', then '.join(each.title for each in way)}" for kind, way in ways.items()
        )
        if not decisions:
            del self.fields["decision"]

    def layout(self) -> list:
        """What it is, which way it goes, who answers by when."""
        hint = f"The relationships of the boards propose: {self.proposal}." if self.proposal else ""
        there = [name for name in ("decision",) if name in self.fields]
        return [
            "kind",
            Fieldset("What is referred", "title", "text", "restricted", *there),
            Fieldset("Which way it goes", *TO, hint=f"{hint} Each board receives what the one before agreed.".strip()),
            Fieldset("Answer", "owner_post", "wanted_by"),
        ]

    @property
    def way(self) -> list[Board]:
        """The boards in a row, gaps left out."""
        return [self.boards[self.cleaned_data[name]] for name in TO if self.cleaned_data.get(name)]

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("to_1"):
            self.ask("to_1", rules.fits_way(self.board, self.way, self.on))
        return cleaned


class StopForm(ActForm):
    """Carries the stop that its reader saw, so that an answer never lands at the board after it."""

    stop = forms.IntegerField(widget=forms.HiddenInput, required=False)


class PlaceForm(StopForm):
    """On which agenda."""

    meeting = forms.ModelChoiceField(
        label="On the agenda of which meeting", queryset=Meeting.objects.none(), empty_label=None, widget=Radios
    )

    def __init__(self, *args, meetings: Sequence[Meeting], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["meeting"]
        field.queryset = Meeting.objects.filter(pk__in=[each.pk for each in meetings]).select_related("board")
        field.label_from_instance = lambda each: in_words(each.day)
        field.error_messages["required"] = "Select a meeting"


class AnswerForm(StopForm):
    """What a board made of it."""

    disposition = forms.ChoiceField(
        label="What the board made of it",
        choices=Disposition,
        widget=Radios(
            hints={
                Disposition.AMENDED: "The changed text goes on. The one that was received stays beside it.",
                Disposition.REJECTED: "Its way ends here.",
                Disposition.DEFERRED: "It stays with this board, for a later meeting.",
                Disposition.REFERRED_BACK: "Its way ends here. The first board takes it up again.",
            }
        ),
    )
    text_agreed = _text("The text as the board agreed it", required=False)
    summary = _text("Outcome in short", "Every board on the way reads it, and the first board.", rows=3)
    restricted = _text(
        "Restricted detail",
        "Only those who read the papers of this item see it. The boards on the way do not.",
        required=False,
        rows=3,
    )
    decision = forms.ModelChoiceField(
        label="By which decision", queryset=Decision.objects.none(), required=False, empty_label="No decision"
    )

    def __init__(self, *args, row: ReferralStop, decisions: Sequence[Decision], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.row = row
        self.fields["summary"].error_messages["required"] = "Say in short what came of it"
        self.fields["text_agreed"].initial = row.text_received
        self.fields["decision"].queryset = Decision.objects.filter(pk__in=[each.pk for each in decisions])
        self.fields["decision"].label_from_instance = lambda each: f"{each.reference}: {each.text[:80]}"
        if not decisions:
            del self.fields["decision"]

    def layout(self) -> list:
        """The changed text is asked where there is one."""
        there = [name for name in ("decision",) if name in self.fields]
        return ["stop", Reveal("disposition", {Disposition.AMENDED: "text_agreed"}), "summary", "restricted", *there]

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("disposition") and cleaned.get("summary"):
            told = cleaned["disposition"], cleaned.get("text_agreed", ""), cleaned["summary"]
            self.ask("text_agreed", rules.fits_answer(self.row, *told))
        return cleaned


class NoteForm(ActForm):
    """At which meeting the first board noted the outcome, or by which decision."""

    meeting = forms.ModelChoiceField(label="At which meeting", queryset=Meeting.objects.none(), required=False)
    decision = forms.ModelChoiceField(
        label="Or by which decision", queryset=Decision.objects.none(), required=False, empty_label="No decision"
    )

    def __init__(self, *args, meetings: Sequence[Meeting], decisions: Sequence[Decision], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        meeting = self.fields["meeting"]
        meeting.queryset = Meeting.objects.filter(pk__in=[each.pk for each in meetings]).order_by("-starts_at")
        meeting.label_from_instance = lambda each: in_words(each.day)
        meeting.empty_label = "Select one" if meetings else "No meeting was held since"
        self.fields["decision"].queryset = Decision.objects.filter(pk__in=[each.pk for each in decisions])
        if not decisions:
            del self.fields["decision"]

    def clean(self) -> dict:
        cleaned = super().clean()
        if not (cleaned.get("meeting") or cleaned.get("decision") or self.errors):
            self.add_error("meeting", "Say at which meeting the board noted it")
        return cleaned


class ReferralFilter(StrideForm):
    """Which referrals to list. Anything that is not a choice is left out of account."""

    STATES = [("", "All"), (WAITING, "Waiting for somebody"), (OVERDUE, "Overdue or not received"),
              *ReferralState.choices]  # fmt: skip

    kind = forms.ChoiceField(label="Kind", required=False, choices=[("", "All kinds"), *ReferralKind.choices])
    board = forms.ChoiceField(label="Board", required=False)
    state = forms.ChoiceField(label="State", required=False, choices=STATES)

    def __init__(self, *args, boards: Sequence[Board], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["board"].choices = [("", "All boards"), *((each.slug, each.title) for each in boards)]

    def asked(self) -> dict[str, str]:
        """What was asked for, without what is not a choice."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}
