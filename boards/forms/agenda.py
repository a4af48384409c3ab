"""What is asked about an agenda item. Its version is the agenda's, so that two editors of one agenda see each other."""

from typing import Any

from django import forms
from django.db import models
from django.db.models import Q

from boards.choices import MEMBERS, Purpose, Visibility
from boards.forms.item_quorum import described, from_data, to_data
from boards.models import AgendaItem, Meeting, Terms
from boards.services.agenda import Parts, Wanted
from commitments.models import Commitment, Strategy
from kit.crispy import Fieldset, Reveal
from kit.fields import Checkboxes, Radios
from kit.record_forms import ConfirmForm, RecordForm, shown
from people.actor import Actor
from people.models import Person, Post

RESTRICTED = (Visibility.TITLE_ONLY, Visibility.COVER_TITLE, Visibility.ABSENT)
CHANGED = "Somebody else changed this agenda while you had it open."


class CommitmentChoices(forms.ModelMultipleChoiceField):
    """Commitments by their number, and by their strategy where there are several."""

    by_strategy = True

    def label_from_instance(self, commitment: Commitment) -> str:
        title = f"{commitment.number}. {commitment.title}"
        return f"{commitment.strategy}: {title}" if self.by_strategy else title


class ItemForm(RecordForm):
    """Give the terms whose rules hold on the day, for their duties and streams, and who edits."""

    asks = {"title": "Enter a title", "minutes": "Enter how many minutes it may take, or 0"}
    beside = {"agenda_item_with_cover_title": "cover_title"}
    version = forms.CharField(widget=forms.HiddenInput, required=False)
    purpose = forms.ChoiceField(label="What it is for", choices=Purpose, widget=Radios(small=True))
    visibility = forms.ChoiceField(
        label="What others see of it",
        choices=Visibility,
        widget=Radios(
            hints={
                Visibility.VISIBLE: "Everybody who sees the agenda reads all of it.",
                Visibility.ABSENT: "It gets a letter after the number before it, so that no gap shows.",
            }
        ),
    )
    strategies = forms.ModelMultipleChoiceField(
        Strategy.objects.none(), label="Strategies", required=False, widget=Checkboxes(small=True)
    )
    commitments = CommitmentChoices(
        Commitment.objects.none(), label="Commitments", required=False, widget=Checkboxes(small=True)
    )
    posts = forms.ModelMultipleChoiceField(
        Post.objects.none(), label="Posts that see all of it", required=False, widget=Checkboxes(small=True)
    )
    persons = forms.ModelMultipleChoiceField(
        Person.objects.none(), label="People who see all of it", required=False, widget=Checkboxes(small=True)
    )
    other_post = forms.ModelChoiceField(Post.objects.none(), label="Another post", required=False, empty_label="None")
    other_person = forms.ModelChoiceField(
        Person.objects.none(), label="Another person", required=False, empty_label="None"
    )
    quorum_chair = forms.BooleanField(label="The chair must be there", required=False)
    quorum_members = forms.IntegerField(
        label="Members who must be there, the chair included", required=False, min_value=1, max_value=100
    )
    quorum_category = forms.ChoiceField(label="Among them, at least", required=False)
    quorum_of_category = forms.IntegerField(label="How many of these", required=False, min_value=1, max_value=100)

    class Meta:
        model = AgendaItem
        fields = [
            "title",
            "purpose",
            "presenter_post",
            "minutes",
            "note",
            "duty",
            "stream",
            "is_one_off",
            "visibility",
            "cover_title",
        ]

    def __init__(self, *args, terms: Terms | None, actor: Actor, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        meeting = self.instance.meeting
        # A new item carries the agenda's version too.
        self.fields["version"] = forms.CharField(widget=forms.HiddenInput, required=False)
        self.agenda_version = meeting.agenda_version
        self.fields["note"].widget.attrs["rows"] = 4
        self.fields["minutes"].widget = _narrow()
        for name in ("quorum_members", "quorum_of_category"):
            self.fields[name].widget = _narrow()
        existing = Post.objects.filter(pk__in=Post.objects.existing_on(meeting.day).order_by().values("pk"))
        presenters = existing | Post.objects.filter(pk=self.instance.presenter_post_id)
        self.fields["presenter_post"].queryset = presenters
        self.fields["presenter_post"].empty_label = "Nobody in particular"
        self._ask_what_it_is_about(terms, actor)
        self._ask_who_sees_it(meeting, existing)
        self._ask_quorum()

    def _ask_what_it_is_about(self, terms: Terms | None, actor: Actor) -> None:
        self.fields["strategies"].queryset = Strategy.objects.visible_to(actor)
        self.fields["commitments"].queryset = (
            Commitment.objects.visible_to(actor)
            .exclude(strategy__state__in=["closed", "superseded"])
            .select_related("strategy")
            .order_by("strategy__title", "number")
        )
        self.fields["commitments"].by_strategy = self.fields["strategies"].queryset.count() > 1
        duties = self.fields["duty"]
        duties.empty_label = "None in particular"
        duties.queryset = duties.queryset.filter(
            Q(terms=terms.pk if terms else None) | Q(pk=self.instance.duty_id)
        ).order_by("position")
        streams = [*(terms.streams if terms else ()), self.instance.stream]
        choices = [("", "None"), *((each, each) for each in dict.fromkeys(streams) if each)]
        if len(choices) > 1:
            self.fields["stream"] = forms.ChoiceField(
                label="Kind of deep dive", choices=choices, required=False, widget=forms.Select
            )
        else:
            del self.fields["stream"]
        if self.instance.pk:
            self.initial["strategies"] = list(self.instance.strategies.all())
            self.initial["commitments"] = list(self.instance.commitments.all())
        for name in ("strategies", "commitments"):
            if not self.fields[name].queryset:
                del self.fields[name]

    def _ask_who_sees_it(self, meeting: Meeting, existing: models.QuerySet) -> None:
        audience = list(self.instance.audience.all()) if self.instance.pk else []
        seats = list(meeting.board.memberships.lasting_on(meeting.day))
        posts = {each.post_id for each in [*seats, *audience] if each.post_id}
        persons = {each.person_id for each in [*seats, *audience] if each.person_id}
        self.fields["posts"].queryset = Post.objects.filter(pk__in=posts)
        self.fields["persons"].queryset = Person.objects.filter(pk__in=persons)
        self.fields["other_post"].queryset = existing.exclude(pk__in=posts)
        self.fields["other_person"].queryset = Person.objects.exclude(pk__in=persons)
        self.initial["posts"] = [each.post_id for each in audience if each.post_id]
        self.initial["persons"] = [each.person_id for each in audience if each.person_id]
        for name, there in (("posts", posts), ("persons", persons)):
            if not there:
                del self.fields[name]

    def _ask_quorum(self) -> None:
        known = [(value, f"{label}s") for value, label in _categories()]
        self.fields["quorum_category"].choices = [("", "Anybody"), *known]
        found = from_data(self.instance.quorum)
        if found is None:
            for name in list(self.fields):
                if name.startswith("quorum_"):
                    del self.fields[name]
            return
        self.initial |= found

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        if field_name == "version":
            return str(self.agenda_version)
        return super().get_initial_for_field(field, field_name)

    def layout(self) -> list:
        """The item, what it is about, who sees it, its own quorum."""
        restricted = {Visibility.COVER_TITLE: ["cover_title"]}
        audience = self._there("posts", "persons", "other_post", "other_person")
        quorum = self._there("quorum_chair", "quorum_members", "quorum_category", "quorum_of_category")
        about = self._there("strategies", "commitments", "duty", "stream")
        parts: list = [
            "title",
            "purpose",
            "presenter_post",
            "minutes",
            "note",
            "is_one_off",
            Fieldset("What it is about", *about),
            Fieldset(
                "Who may see it",
                Reveal("visibility", restricted),
                *audience,
                hint="Who presents it, the secretariat and auditors always see all of it.",
            ),
        ]
        hint = "On top of the board’s quorum, for this item only. Leave empty for the board’s own."
        if quorum:
            parts.append(Fieldset("Quorum of this item", *quorum, hint=hint))
        else:
            said = f"{described(self.instance.quorum)} It was not set on this page, and stays as it is."
            parts.append(Fieldset("Quorum of this item", hint=said))
        return parts

    def _there(self, *names: str) -> list[str]:
        return [name for name in names if name in self.fields]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("quorum_category") and not cleaned.get("quorum_of_category"):
            self.add_error("quorum_of_category", "Enter how many of these must be there")
        if cleaned.get("quorum_of_category") and not cleaned.get("quorum_category"):
            self.add_error("quorum_category", "Select of whom")
        if cleaned.get("visibility") != Visibility.COVER_TITLE:
            cleaned["cover_title"] = ""
            self.instance.cover_title = ""
        return cleaned

    @property
    def agenda_seen(self) -> int:
        """The version of the agenda that its editor saw."""
        return version_of(self.cleaned_data.get("version", ""))

    def wanted(self) -> Wanted:
        """The item as its editor wants it."""
        cleaned = self.cleaned_data
        values = self.values
        if "quorum_chair" in self.fields:
            values["quorum"] = to_data(cleaned)
        posts, persons = (
            [*cleaned.get(name, ()), *([cleaned[other]] if cleaned.get(other) else [])]
            for name, other in (("posts", "other_post"), ("persons", "other_person"))
        )
        if cleaned["visibility"] not in RESTRICTED:
            posts, persons = [], []
        return Wanted(values, Parts(cleaned.get("strategies", ()), cleaned.get("commitments", ()), posts, persons))

    def show_conflict(self, current: models.Model) -> None:
        """Keep every word typed; show this item, or the agenda, as somebody else saved it."""
        meeting = current if isinstance(current, Meeting) else current.meeting
        self.conflict = [("The agenda now", agenda_text(meeting))]
        if isinstance(current, AgendaItem):
            values = self.values
            mine = [
                (str(self.fields[name].label), shown(current, name))
                for name in self.watched
                if values[name] != getattr(current, name)
            ]
            self.conflict = [*mine, *self.conflict]
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = str(meeting.agenda_version)
        self.add_error(
            None,
            f"{CHANGED} What they saved is shown first, your words are still in the form. Save again to keep yours.",
        )


class VersionForm(ConfirmForm):
    """A button that carries the version of the agenda."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, meeting: Meeting, **kwargs) -> None:
        super().__init__(*args, initial={"version": str(meeting.agenda_version)}, **kwargs)

    @property
    def agenda_seen(self) -> int:
        """The version of the agenda that was seen."""
        return version_of(self.cleaned_data.get("version", ""))

    def show_conflict(self, current: Meeting) -> None:
        """Show the agenda as it is now; the next press counts."""
        self.conflict = [("The agenda now", agenda_text(current))]
        self.data = self.data.copy()
        self.data["version"] = str(current.agenda_version)
        self.add_error(None, f"{CHANGED} Press the button again if you still want to.")


def version_of(text: str) -> int:
    """The version of an agenda out of a form; one that never was, for what nobody can have seen."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def agenda_text(meeting: Meeting) -> str:
    """The titles of an agenda, one on a line, for its editors."""
    return "\n".join(f"{at}. {item.title}" for at, item in enumerate(meeting.items.all(), start=1))


def _categories() -> list[tuple[str, str]]:
    return [(each.value, each.label) for each in MEMBERS]


def _narrow() -> forms.TextInput:
    return forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"})
