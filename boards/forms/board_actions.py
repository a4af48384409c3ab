"""What is asked about a board action: raise it, say how it stands, steer it, propose its closure, close it."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q

from boards.choices import Visibility
from boards.models import BoardAction, Decision, Meeting
from boards.queries.board_actions import Line
from kit.crispy import Fieldset
from kit.fields import Checkboxes, DateField, in_words
from kit.forms import StrideForm
from kit.record_forms import TEXT_LIMIT, ConfirmForm, RecordForm
from people.models import Post

ADDED = ("first", "second", "third")


def _words(label: str, hint: str = "", rows: int = 4, **more) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, max_length=TEXT_LIMIT, widget=widget, **more)


class PostsForm(RecordForm):
    """Asks for the owner's post and who contributes: those who do already, and up to three more."""

    kept = forms.ModelMultipleChoiceField(
        Post.objects.none(), label="Those who contribute now", required=False, widget=Checkboxes(small=True)
    )
    first = forms.ModelChoiceField(Post.objects.none(), label="One post", required=False, empty_label="None")
    second = forms.ModelChoiceField(Post.objects.none(), label="Another", required=False, empty_label="None")
    third = forms.ModelChoiceField(Post.objects.none(), label="And another", required=False, empty_label="None")

    def __init__(self, *args, on: dt.date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        action = self.instance
        there = [link.post_id for link in action.contributor_links.all()] if action.pk else []
        existing = Post.objects.existing_on(on).order_by().values("pk")
        posts = Post.objects.filter(Q(pk__in=existing) | Q(pk=action.owner_post_id))
        self.fields["owner_post"].queryset = posts
        self.fields["owner_post"].label = "Owner"
        self.fields["owner_post"].help_text = "The post that answers for it. Whoever holds it gets a mail."
        for name in ADDED:
            self.fields[name].queryset = posts
        self.fields["kept"].queryset = Post.objects.filter(pk__in=there)
        self.initial["kept"] = there
        if not there:
            del self.fields["kept"]

    def layout(self) -> list:
        """Who contributes under one heading, after what has to be answered."""
        asked = [name for name in (*self._meta.fields, "reason", "version") if name in self.fields]
        kept = ["kept"] if "kept" in self.fields else []
        return [*asked, Fieldset("Posts that contribute", *kept, *ADDED, hint="They read it and say how it stands.")]

    @property
    def posts(self) -> list[Post]:
        """Who contributes."""
        added = [self.cleaned_data[name] for name in ADDED]
        return [*self.cleaned_data.get("kept", ()), *(post for post in added if post)]


class RaiseForm(PostsForm):
    """A new action of an agenda item, which is the instance's."""

    fixed = ("board", "meeting", "item")
    asks = {"text": "Say what is to be done", "owner_post": "Select the post that answers for it"}
    due = DateField(label="Due by", named="The due date")

    class Meta:
        model = BoardAction
        fields = ["text", "owner_post", "due", "decision"]

    def __init__(self, *args, decisions: Sequence[Decision], on: dt.date, **kwargs) -> None:
        super().__init__(*args, on=on, **kwargs)
        item = self.instance.item
        self.fields["text"].widget.attrs["rows"] = 4
        if item.visibility != Visibility.VISIBLE:
            self.fields[
                "text"
            ].help_text = "This item is restricted. The owner and who contributes read these words, not the item."
        self.fields["due"].earliest = self.instance.meeting.day
        if not decisions:
            del self.fields["decision"]
            return
        asked = self.fields["decision"]
        asked.queryset = Decision.objects.filter(pk__in=[each.pk for each in decisions]).select_related("board")
        asked.label = "Decision that it carries out"
        asked.empty_label = "None in particular"
        asked.label_from_instance = lambda decision: f"{decision.reference}: {decision.text[:90]}"


class AssignForm(PostsForm):
    """Another owner, other contributors."""

    asks = {"owner_post": "Select the post that answers for it"}

    class Meta:
        model = BoardAction
        fields = ["owner_post"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, asks_reason=True, **kwargs)
        self.fields["reason"].label = "Why does it go to somebody else?"


class MoveForm(RecordForm):
    """Another date."""

    due = DateField(label="New due date", named="The new due date")

    class Meta:
        model = BoardAction
        fields = ["due"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, asks_reason=True, **kwargs)
        first = in_words(self.instance.original_due)
        self.fields["due"].help_text = f"It was first due by {first}. That date stays beside the new one."
        self.fields["due"].earliest = self.instance.meeting.day
        self.fields["reason"].label = "Why does the date move?"
        self.fields["reason"].error_messages["required"] = "Say why the date moves"


class ParkForm(RecordForm):
    """A day until which it is left aside; none takes it up again."""

    parked_until = DateField(label="Park until", named="The day")

    class Meta:
        model = BoardAction
        fields = ["parked_until"]

    def __init__(self, *args, on: dt.date, **kwargs) -> None:
        super().__init__(*args, asks_reason=True, **kwargs)
        asked = self.fields["parked_until"]
        asked.earliest = on + dt.timedelta(days=1)
        asked.error_messages["required"] = "Enter the day until which it is parked"
        asked.help_text = "Nobody is reminded of it before that day. Then it is back by itself."
        if self.opened.parked_until:
            asked.required = False
            asked.help_text = "Leave empty to take it up again now."
        self.fields["reason"].label = "Why?"
        self.fields["reason"].error_messages["required"] = "Say why"


class UpdateForm(ConfirmForm):
    """How it stands."""

    words = _words("How does it stand?", "Your words are kept with your name and the day.", 5)


class ProposeForm(ConfirmForm):
    """What was done."""

    done = _words("What was done?", "The board reads this before it closes the action.", 5)


class MeetingForm(ConfirmForm):
    """At which meeting the board spoke of it; the newest first."""

    meeting = forms.ModelChoiceField(Meeting.objects.none(), label="At which meeting?", empty_label=None)

    def __init__(self, *args, meetings: Sequence[Meeting], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        asked = self.fields["meeting"]
        asked.queryset = Meeting.objects.filter(pk__in=[each.pk for each in meetings]).order_by("-starts_at")
        asked.label_from_instance = lambda meeting: in_words(meeting.day)
        asked.initial = meetings[0] if meetings else None
        if len(meetings) == 1:
            asked.help_text = "The only one that has come since, with its minutes still open."


class KeepOpenForm(MeetingForm):
    because = _words("Why does the board keep it open?", error_messages={"required": "Say why the board keeps it open"})


class CloseForm(MeetingForm):
    """A reason is asked where nobody has proposed to close it."""

    because = _words("Anything the board said", required=False, rows=3)

    def __init__(self, *args, proposed: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not proposed:
            asked = self.fields["because"]
            asked.required = True
            asked.label = "Why did the board close it?"
            asked.help_text = "Nobody has proposed to close it."
            asked.error_messages["required"] = "Say why the board closed it"


class CloseSeveralForm(ConfirmForm):
    """Which of those proposed for closure the board closed at a meeting."""

    actions = forms.MultipleChoiceField(
        label="Closed at this meeting",
        error_messages={
            "required": "Select the actions that the board closed",
            "invalid_choice": "One of these is not proposed for closure any more. Open the page again",
        },
    )

    def __init__(self, *args, lines: Sequence[Line], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.lines = {str(line.action.pk): line for line in lines}
        asked = self.fields["actions"]
        hints = {key: _proposal(line) for key, line in self.lines.items()}
        asked.widget = Checkboxes(hints=hints)
        asked.choices = [(key, f"{line.action.reference}: {line.action.text}") for key, line in self.lines.items()]

    @property
    def chosen(self) -> list[BoardAction]:
        """The actions selected."""
        return [self.lines[key].action for key in self.cleaned_data["actions"]]


class ActionFilter(StrideForm):
    """Narrows the log. Anything it does not know is left aside."""

    board = forms.ChoiceField(required=False)
    which = forms.ChoiceField(label="Which", required=False)
    owner = forms.ChoiceField(label="Whose", required=False, choices=[("", "Everybody’s"), ("mine", "Mine")])

    def __init__(self, *args, boards: Sequence[tuple[str, str]], which: Sequence[tuple[str, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["which"].choices = which
        self.fields["board"].choices = [("", "All"), *boards]
        if len(boards) < 2:
            del self.fields["board"]

    @property
    def asked(self) -> dict[str, Any]:
        """What was asked for and is known, by field."""
        self.full_clean()
        return {name: value for name, value in getattr(self, "cleaned_data", {}).items() if value}


def _proposal(line: Line) -> str:
    act = next((act for act in line.acts if act.verb == "proposed"), None)
    return f"{line.action.owner_post}: {act.reason}" if act else str(line.action.owner_post)
