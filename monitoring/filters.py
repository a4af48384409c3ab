"""What the reader of a matrix may narrow it to. The choices are those that would find something."""

import django_filters
from django import forms

from commitments.choices import Characteristic
from commitments.models import Commitment
from kit import marks
from monitoring.queries.dashboard import KINDS, Dashboard, Line

# As wide as its place, so that a long name does not push the page sideways.
ANY = {"widget": forms.Select(attrs={"class": "govuk-!-width-full"}), "empty_label": "All"}


class CommitmentFilter(django_filters.FilterSet):
    """Narrows a dashboard's commitments. Costs one query, and none while nothing is asked."""

    programme = django_filters.ChoiceFilter(field_name="programme__number", **ANY)
    lead = django_filters.ChoiceFilter(field_name="lead_post__code", label="Lead", **ANY)
    overseer = django_filters.ChoiceFilter(field_name="overseer_post__code", label="Overseer", **ANY)
    rating = django_filters.ChoiceFilter(method="by_standing", **ANY)
    characteristic = django_filters.ChoiceFilter(label="Characteristic", method="by_characteristic", **ANY)

    def __init__(self, data, dashboard: Dashboard) -> None:
        super().__init__(data, Commitment.objects.filter(strategy=dashboard.strategy))
        self.dashboard = dashboard
        commitments = [line.commitment for line in dashboard.lines]
        found = {line.now.kind for line in dashboard.lines if line.now}
        used = {name for commitment in commitments for name in commitment.characteristics}
        programmes = sorted({(each.programme.number, str(each.programme)) for each in commitments})
        self._offer("programme", programmes, dashboard.strategy.programme_label)
        self._offer("lead", _posts(each.lead_post for each in commitments))
        self._offer("overseer", _posts(each.overseer_post for each in commitments))
        self._offer(
            "rating",
            [(kind, marks.rating(kind)["word"]) for kind in KINDS if kind in found],
            f"In {dashboard.shown.label}",
        )
        self._offer("characteristic", [choice for choice in Characteristic.choices if choice[0] in used])

    @property
    def asked(self) -> bool:
        """Whether the reader narrowed anything."""
        return any(self.data.get(name) for name in self.filters)

    @property
    def lines(self) -> list[Line]:
        """The dashboard's lines that are left."""
        if not self.asked:
            return self.dashboard.lines
        left = set(self.qs.values_list("pk", flat=True))
        return [line for line in self.dashboard.lines if line.commitment.pk in left]

    @property
    def active(self) -> list[tuple[str, str, str]]:
        """What was narrowed: name, label and the choice in words."""
        found = []
        for name in self.filters:
            field = self.form.fields[name]
            chosen = dict(field.choices).get(self.data.get(name, ""))
            if chosen and self.data.get(name):
                found.append((name, field.label, chosen))
        return found

    def by_standing(self, queryset, name: str, value: str):
        standing = [line.commitment.pk for line in self.dashboard.lines if line.now and line.now.kind == value]
        return queryset.filter(pk__in=standing)

    def by_characteristic(self, queryset, name: str, value: str):
        return queryset.filter(characteristics__contains=[value])

    def _offer(self, name: str, choices: list[tuple], label: str = "") -> None:
        field = self.form.fields[name]
        field.choices = choices
        field.label = label or field.label


def _posts(posts) -> list[tuple[str, str]]:
    return sorted({(post.code, post.title) for post in posts}, key=lambda pair: pair[1])
