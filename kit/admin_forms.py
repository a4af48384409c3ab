"""Forms of the admin that two people may have open: the one who saves second is told, and overwrites nothing unseen."""

import copy
from typing import Any

from django import forms
from django.db import models

from kit import stale
from kit.record_forms import shown


class SeenForm(forms.ModelForm):
    """Carries a token of what its reader saw, as the pages of the service do. It has to be cleaned in a transaction.

    The row is locked while it is checked, and what is saved are the fields that were asked (`watched`).
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.opened = copy.copy(self.instance)
        if self.instance.pk is None:
            self.fields.pop("seen", None)

    @property
    def watched(self) -> list[str]:
        """The fields of the record that are asked."""
        asked = {field.name for field in self.instance._meta.concrete_fields}
        return [name for name in self.fields if name in asked]

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        if field_name == "seen":
            return stale.token(self.opened, self.watched)
        return super().get_initial_for_field(field, field_name)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "seen" in self.fields:
            try:
                stale.current(self.instance, self.watched, cleaned.get("seen", ""))
            except stale.Stale as error:
                self._show_conflict(error.current, cleaned)
        return cleaned

    def _show_conflict(self, current: models.Model, cleaned: dict[str, Any]) -> None:
        """Keep every word typed, say what was saved meanwhile, and let the next save decide."""
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = stale.token(current, self.watched)
        self.add_error(
            None,
            "Somebody else changed this while you had it open. What they saved is shown beside each answer that "
            "differs. Save again to keep yours.",
        )
        for name in self.watched:
            if name in cleaned and cleaned[name] != getattr(current, name):
                self.add_error(name, f"They saved: {shown(current, name)}")
