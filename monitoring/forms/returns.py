"""The short pages of a return. Each keeps a draft however incomplete; what is missing is told by rules.gaps."""

import datetime as dt

from django import forms
from django.template.loader import render_to_string
from django.urls import reverse

from commitments.choices import Lifecycle
from kit import clock
from kit.crispy import Beside, Question, Reveal, Submit, helper
from kit.fields import DateField, Radios
from kit.forms import StrideForm
from monitoring import rules
from monitoring.choices import SECTION, TEXT_LIMIT, Outlook, Rating, Section
from monitoring.models import ProgressReturn, ReturnVersion
from monitoring.presenters.returns import FACTS, shown

FARTHEST_GREEN, FARTHEST_END = 10, 30  # years from today


def text(label: str, hint: str = "", rows: int = 6) -> forms.CharField:
    """A long answer."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=TEXT_LIMIT,
        widget=forms.Textarea({"rows": rows, "data-maxlength": TEXT_LIMIT}),
    )


def years_from_today(years: int) -> dt.date:
    """The last day that a return may name."""
    today = clock.today()
    return dt.date(today.year + years, today.month, min(today.day, 28))


class SectionForm(StrideForm):
    """The base of the section forms. `seen` is the token of the answers that the writer started from."""

    section = ""
    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=40)

    def __init__(
        self, *args, progress_return: ProgressReturn, version: ReturnVersion, last: ReturnVersion | None, **kwargs
    ) -> None:
        self.progress_return, self.version, self.last = progress_return, version, last
        super().__init__(*args, **kwargs)
        self.prepare()
        here = [progress_return.pk, self.section]
        self.helper = helper(
            self,
            *self.questions(),
            submit=Submit("Save and continue", name="then", value="continue"),
            secondary=[Submit("Save as draft", name="then", value="draft", look="secondary")],
            action=reverse("monitoring:return_section", args=here),
        )
        self.helper.attrs = {
            "hx-post": reverse("monitoring:return_autosave", args=here),
            "hx-trigger": "input delay:1500ms, change delay:400ms",
            "hx-target": "#autosave",
            "hx-swap": "innerHTML",
            "hx-sync": "this:queue last",
        }

    def prepare(self) -> None:
        """Set what depends on the return: hints, definitions."""

    def questions(self) -> list:
        """The layout."""
        return [self.beside(name) for name in SECTION[self.section].fields]

    def beside(self, name: str):
        """A question with last time's answer at its side and the control that carries it forward."""
        if self.last is None:
            return Question(name)
        said = {"answer": shown(self.last, name), "name": name, "last": self.last, "fact": name in FACTS}
        card = render_to_string("monitoring/return/_last.html", said)
        return Beside(name, card, title=self.last.progress_return.round.label)

    def answers(self) -> dict:
        """The answers that were sent and could be read: a question that was not on the page is not emptied."""
        return {
            name: self.cleaned_data[name]
            for name in SECTION[self.section].fields
            if name in self.cleaned_data and not self._left_out(name)
        }

    def _left_out(self, name: str) -> bool:
        return self.fields[name].widget.value_omitted_from_data(self.data, self.files, self.add_prefix(name))

    def typed(self, name: str) -> str:
        """What was sent for a question, as its writer would know it again, whether it is valid or not."""
        sent = self[name].data
        if isinstance(sent, list):
            return " ".join(part for part in sent if part)
        choices = dict(getattr(self.fields[name], "choices", ()))
        return str(choices.get(sent, sent or ""))

    def add_gaps(self, version: ReturnVersion) -> bool:
        """Show what this section still misses beside its fields. Returns whether anything is missing."""
        missing = [gap for gap in rules.gaps(version) if gap.section == self.section]
        for gap in missing:
            self.add_error(gap.field, gap.sentence)
        return bool(missing)


class ProgressForm(SectionForm):
    section = "progress"
    done = text("What has been done", "Say what was done in the period, with dates, places and numbers.", 9)
    difference = text("What difference it has made", "What is better now, for whom, and how you know.")


class RatingForm(SectionForm):
    section = "rating"
    lifecycle = forms.ChoiceField(label="Where is this commitment?", choices=Lifecycle, required=False, widget=Radios)
    rating = forms.ChoiceField(label="Delivery confidence", choices=Rating, required=False, widget=Radios)
    outlook = forms.ChoiceField(label="Compared with last time, it is", choices=Outlook, required=False, widget=Radios)

    def prepare(self) -> None:
        definitions = self.progress_return.round.definitions
        self.fields["rating"].widget.hints = {value: definitions.get(value, "") for value in Rating.values}
        if self.last is not None and self.last.rating:
            for name in ("rating", "outlook"):
                if said := shown(self.last, name):
                    self.fields[name].help_text = f"{self.last.progress_return.round.label}: {said}."

    def questions(self) -> list:
        return [Reveal("lifecycle", {Lifecycle.IN_PROGRESS.value: ["rating", "outlook"]})]


class RecoveryForm(SectionForm):
    section = "recovery"
    rating_reason = text("Why")
    path_to_green = text("What will bring it to green", "The steps, and who takes them.")
    green_by = DateField(label="Green by", named="Green by", required=False)
    help_needed = text("What help is needed", "From whom. Write “None” if none is.", 4)

    def prepare(self) -> None:
        rated = rules.needs_rating(self.version)
        word = self.version.get_rating_display() if rated else self.version.get_lifecycle_display()
        self.fields["rating_reason"].label = f"Why is it {word.lower()}?" if word else "Why"
        self.fields["green_by"].earliest = self.progress_return.round.period_starts
        self.fields["green_by"].latest = years_from_today(FARTHEST_GREEN)

    def questions(self) -> list:
        if not rules.needs_rating(self.version):
            return [self.beside("rating_reason")]
        return super().questions()


class NextForm(SectionForm):
    section = "next"
    next_steps = text("What happens next", "What you will have done by the end of the next period.", 8)


class DatesForm(SectionForm):
    section = "dates"
    expected_on = DateField(label="When do you expect it to be complete?", named="The date", required=False)
    date_reason = text("Why has the date moved?", "Only if it has. It stays on this return.", 4)

    def prepare(self) -> None:
        commitment, was = self.progress_return.commitment, self.version.expected_was
        known = []
        if commitment.due_on:
            known.append(f"Promised by {rules.say(commitment.due_on)}.")
        if was and was != commitment.due_on:
            known.append(f"Last expected on {rules.say(was)}.")
        self.fields["expected_on"].help_text = " ".join([*known, "For example, 31 March 2025."])
        self.fields["expected_on"].earliest = commitment.strategy.starts
        self.fields["expected_on"].latest = years_from_today(FARTHEST_END)

    def questions(self) -> list:
        return [self.beside("expected_on"), "date_reason"]


class RisksForm(SectionForm):
    section = "risks"
    risks = text("Risks and issues", "What could stop it, and what you are doing about it. Leave empty if none.", 8)


SECTION_FORMS = {
    form.section: form for form in (ProgressForm, RatingForm, RecoveryForm, NextForm, DatesForm, RisksForm)
}


class ReasonForm(StrideForm):
    """One question: why."""

    reason = forms.CharField(label="Reason", max_length=2000, widget=forms.Textarea({"rows": 4}))

    def __init__(self, *args, question: str, hint: str, submit: str, cancel: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = question
        self.fields["reason"].help_text = hint
        self.fields["reason"].error_messages["required"] = "Say why"
        self.helper = helper(self, *self.fields, submit=submit, secondary=[("Cancel", cancel)])


class LateForm(ReasonForm):
    """Until when, and why."""

    until = DateField(label="Until which day?", named="The day", error_messages={"required": "Enter the day"})
    field_order = ["until", "reason"]


class SignOffForm(StrideForm):
    """The overseer's own rating and comment."""

    rating = forms.ChoiceField(label="Your own rating", choices=Rating, required=False, widget=Radios)
    comment = forms.CharField(
        label="Comment",
        help_text="It stays on the return. Say why if your rating differs from the lead’s.",
        required=False,
        max_length=TEXT_LIMIT,
        widget=forms.Textarea({"rows": 4}),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=40)

    def __init__(self, *args, progress_return: ProgressReturn, version: ReturnVersion, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.version = version
        self.sent = version.submitted_at.isoformat()
        self.fields["seen"].initial = self.sent
        self.data = self.data.copy()
        definitions = progress_return.round.definitions
        self.fields["rating"].widget.hints = {value: definitions.get(value, "") for value in Rating.values}
        if not rules.needs_rating(version):
            del self.fields["rating"]
        here = [progress_return.pk]
        self.helper = helper(
            self,
            *(name for name in self.fields if name != "seen"),
            submit="Sign off",
            secondary=[("Ask for changes", reverse("monitoring:return_request_changes", args=here))],
            action=reverse("monitoring:return_sign_off", args=here),
        )

    def clean(self) -> dict:
        data = super().clean()
        if data.get("seen") and data["seen"] != self.sent:
            self.data["seen"] = self.sent  # whoever presses again has the words before them
            raise forms.ValidationError(
                "The lead has sent this return again since you opened this page. It now shows what was sent. "
                "Read it before you sign it off"
            )
        if "rating" in self.fields and not data.get("rating") and "rating" not in self.errors:
            self.add_error("rating", "Choose green, amber or red")
        differs = data.get("rating") and data["rating"] != self.version.rating
        if differs and not data.get("comment") and "comment" not in self.errors:
            self.add_error("comment", "Say why your rating differs from the lead’s")
        return data


def _why(section: Section) -> forms.CharField:
    """What the overseer asks for in a section."""
    return forms.CharField(
        label=f"What should change in “{section.title}”, and why?",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={
            "max_length": f"What you write for “{section.title}” must be %(limit_value)s characters or fewer. "
            "You have entered %(show_value)s"
        },
    )


# Two questions a section. Declared, so that they are guarded and worded like every other form's.
SectionReasons = type(
    "SectionReasons",
    (StrideForm,),
    {f"section_{slug}": forms.BooleanField(label=each.title, required=False) for slug, each in SECTION.items()}
    | {f"reason_{slug}": _why(each) for slug, each in SECTION.items()},
)


class ChangesForm(SectionReasons):
    """Which sections should change, and why each."""

    error_target = "section_progress"

    def __init__(self, *args, progress_return: ProgressReturn, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        layout = [Reveal(f"section_{slug}", {True: [f"reason_{slug}"]}) for slug in SECTION]
        self.helper = helper(
            self,
            *layout,
            submit="Ask for changes",
            secondary=[("Cancel", reverse("monitoring:return_review", args=[progress_return.pk]))],
        )

    def clean(self) -> dict:
        data = super().clean()
        ticked = [slug for slug in SECTION if data.get(f"section_{slug}")]
        written = [slug for slug in SECTION if data.get(f"reason_{slug}")]
        if not ticked and not written and not self.errors:
            raise forms.ValidationError("Choose at least one section and say what should change in it")
        for slug in SECTION:
            title, why = SECTION[slug].title, f"reason_{slug}"
            if slug in ticked and slug not in written and why not in self.errors:
                self.add_error(why, f"Say what should change in “{title}”")
            if slug in written and slug not in ticked:
                # Taken back by unticking, or never ticked where nothing is folded away: only they know.
                self.add_error(f"section_{slug}", f"Select “{title}”, or delete what you wrote for it")
        data["reasons"] = {slug: data[f"reason_{slug}"] for slug in written}
        return data
