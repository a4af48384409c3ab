"""Which two versions to compare."""

from collections.abc import Sequence

from django import forms

from boards.models import Terms
from kit.forms import StrideForm


class CompareForm(StrideForm):
    """Anything that is not a version is left out of account: the two newest are compared then."""

    old = forms.ChoiceField(label="Version", required=False)
    new = forms.ChoiceField(label="with version", required=False)

    def __init__(self, data, *, versions: Sequence[Terms]) -> None:
        self.versions = {str(each.number): each for each in versions}
        numbers = list(self.versions)
        chosen = {
            "new": data.get("new") if data.get("new") in self.versions else next(iter(numbers), ""),
            "old": data.get("old") if data.get("old") in self.versions else next(iter(numbers[1:]), ""),
        }
        super().__init__(chosen)
        for field in self.fields.values():
            field.choices = [(number, number) for number in numbers]

    def asked(self) -> tuple[Terms | None, Terms | None]:
        """The older and the newer version, in whichever order they were chosen."""
        old, new = (self.versions.get(self.data[name]) for name in ("old", "new"))
        if old and new and old.number > new.number:
            return new, old
        return old, new
