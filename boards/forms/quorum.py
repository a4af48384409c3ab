"""What makes a quorum, asked in plain questions; the answer is a rule as data (boards.quorum)."""

from typing import Any

from django import forms

from boards import quorum_answers as answers
from boards.choices import DeputiesCount, Purpose
from boards.models import Terms
from boards.quorum import Base, Rounding, as_data
from boards.quorum_of import items_of, post_names, rule_of, sentences
from boards.terms_text import NO_QUORUM
from kit import stale
from kit.crispy import Fieldset, Reveal, Text
from kit.fields import Checkboxes, Radios
from kit.record_forms import RecordForm
from people.models import Post

TITLE = "Quorum"
MOST = 100
LEADS = [("", "Nobody has to"), ("chair", "The chair"), ("either", "The chair or the deputy chair")]
HOW = [("number", "A number of members"), ("share", "A share of the membership"), ("none", "No number")]
BASES = [
    (Base.MEMBERSHIP, "the membership"),
    (Base.APPOINTED, "the members appointed"),
    (Base.PRESENT, "those present"),
]
ROUNDING = [(Rounding.UP, "Rounded up"), (Rounding.DOWN, "Rounded down"), (Rounding.EXACT, "Not rounded")]
EXTERNAL_SHARE = [
    ("", "No share"),
    ("1/2", "At least half"),
    ("1/3", "At least a third"),
    ("2/3", "At least two thirds"),
]
YES_NO = [("True", "They count"), ("False", "They do not count")]


def _number(label: str, *, least: int = 1, hint: str = "") -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"class": "govuk-input--width-3"})
    return forms.IntegerField(
        label=label, required=False, min_value=least, max_value=MOST, widget=widget, help_text=hint
    )


def _radios(label: str, choices: list, *, required: bool = False, hint: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=required, widget=Radios, help_text=hint)


def _flag(label: str, choices: list) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, choices=choices, coerce=lambda value: value == "True", widget=Radios)


class QuorumForm(RecordForm):
    """`posts` are those that sit on the board, as members."""

    present = _radios("Who has to be present?", LEADS)
    in_person = forms.BooleanField(label="In person: a deputy will not do", required=False)
    how = _radios("How many have to be present?", HOW, required=True)
    number = _number("Members present, at least")
    besides = forms.BooleanField(label="Besides the chair", required=False)
    numerator = _number("The share: so many", hint="For a third: 1 out of 3.")
    denominator = _number("Out of")
    base = forms.ChoiceField(label="Of", choices=BASES, required=False)
    rounding = forms.ChoiceField(label="Fractions are", choices=ROUNDING, required=False)
    plus = _number("And how many more", least=0, hint="For “a third plus one”: 1.")
    externals = _number("External advisers, at least")
    internals = _number("Internal members, at least")
    posts = forms.MultipleChoiceField(
        label="Posts that have to be present", required=False, widget=Checkboxes(small=True)
    )
    external_share = forms.ChoiceField(
        label="External advisers among those present", choices=EXTERNAL_SHARE, required=False
    )
    otherwise = forms.CharField(
        label="What follows when only that share is missing",
        required=False,
        max_length=200,
        help_text="For example: the decision may be put off once.",
    )
    presides = _radios("Who has to preside?", LEADS)
    vacancies_count = _flag("Do vacant posts count in the membership?", YES_NO)
    deputies_count = forms.ChoiceField(
        label="Do deputies count towards the quorum?", choices=DeputiesCount, widget=Radios
    )
    recused_count = _flag("Does a member who withdraws from an item still count?", YES_NO)
    stricter_for = forms.MultipleChoiceField(
        label="Items that need more", choices=Purpose, required=False, widget=Checkboxes(small=True)
    )
    stricter_present = _radios("Who has to be present for them?", LEADS)
    stricter_in_person = forms.BooleanField(label="In person: a deputy will not do", required=False)
    stricter_number = _number("Members present for them, at least")
    stricter_externals = _number("External advisers present for them, at least")
    # The words that were read before saving.
    read = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Terms
        fields = ["vacancies_count", "deputies_count", "recused_count"]

    def __init__(self, *args, posts: list[Post], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["posts"].choices = [(post.code, post.title) for post in posts]
        if not posts:
            del self.fields["posts"]
        self.unasked = not self._answered()

    @property
    def watched(self) -> list[str]:
        return ["quorum", "item_quorums", *self._meta.fields]

    @property
    def values(self) -> dict[str, Any]:
        """The rule as data, what is stricter, and the policies."""
        return {
            "quorum": as_data(self.rule) if self.rule is not None else {},
            "item_quorums": {purpose: as_data(self.stricter) for purpose in self.cleaned_data["stricter_for"]},
            **{name: self.cleaned_data[name] for name in self._meta.fields},
        }

    @property
    def rule(self):
        """The rule that was asked for."""
        return answers.build(self.cleaned_data)

    @property
    def stricter(self):
        """What some items need besides, or None."""
        return answers.build_stricter(self.cleaned_data)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        how = cleaned.get("how")
        if how == "number" and not cleaned.get("number") and "number" not in self.errors:
            self.add_error("number", "Enter how many members have to be present")
        if how == "share":
            self._clean_share(cleaned)
        if cleaned.get("otherwise") and not cleaned.get("external_share"):
            self.add_error("external_share", "Select the share of external advisers that this follows from")
        if cleaned.get("stricter_for") and self.stricter is None and not self.errors:
            self.add_error("stricter_present", "Say what these items need besides")
        if cleaned.get("stricter_for") and self.rule is None and not self.errors:
            self.add_error("how", "Say what the quorum is before you make it stricter for some items")
        if self.stricter is not None and not cleaned.get("stricter_for"):
            self.add_error("stricter_for", "Select the items that need more")
        return cleaned

    def _clean_share(self, cleaned: dict[str, Any]) -> None:
        for name, sentence in (
            ("numerator", "Enter the share, for example 1 out of 3"),
            ("denominator", "Enter out of how many the share is"),
        ):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, sentence)
        if (cleaned.get("numerator") or 0) > (cleaned.get("denominator") or MOST):
            self.add_error("numerator", "The share cannot be more than the whole")
        cleaned["base"] = cleaned.get("base") or Base.MEMBERSHIP.value
        cleaned["rounding"] = cleaned.get("rounding") or Rounding.UP.value

    def show_conflict(self, current: Terms) -> None:
        """Keep every answer, show the rule that was saved meanwhile, and let the next save decide."""
        now = sentences(current, post_names([current]))
        self.conflict = [(TITLE, "\n".join(now) or NO_QUORUM)]
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = stale.token(current, self.watched)
        self.add_error(None, "Somebody else changed the quorum while you had it open. Save again to keep your answers")

    def show_words(self, words: str) -> None:
        """Send them along, so that what is saved is what was read."""
        self.data = self.data.copy()
        self.data[self.add_prefix("read")] = words

    def layout(self) -> list:
        """The board's rule, its policies, and what is stricter for some items."""
        share = ["numerator", "denominator", "base", "rounding", "plus"]
        who = [name for name in ("externals", "internals", "posts") if name in self.fields]
        return [
            Fieldset(
                "The quorum", "present", "in_person", Reveal("how", {"number": ["number", "besides"], "share": share})
            ),
            Fieldset("Who has to be among them", *who, "external_share", "otherwise"),
            Fieldset("Who leads the meeting", "presides"),
            Fieldset("What terms often leave open", "vacancies_count", "deputies_count", "recused_count"),
            Fieldset(
                "Stricter for some items",
                Text("Leave this empty when every item has the same quorum."),
                "stricter_for",
                "stricter_present",
                "stricter_in_person",
                "stricter_number",
                "stricter_externals",
            ),
        ]

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        found = super().get_initial_for_field(field, field_name)
        return str(found) if field_name in ("vacancies_count", "recused_count") else found

    def _answered(self) -> bool:
        """Start from the rule as it is; False when it has parts that the form does not ask."""
        try:
            rule, items = rule_of(self.opened), items_of(self.opened)
        except ValueError:
            return False
        found = answers.answers_of(rule) if rule is not None else {"how": "number"}
        if found is None:
            return False
        self.initial |= found
        rules = {repr(item.rule) for item in items}
        if not items:
            return True
        stricter = answers.stricter_answers_of(items[0].rule) if len(rules) == 1 else None
        self.initial |= {"stricter_for": [item.kind for item in items]} | (stricter or {})
        return stricter is not None
