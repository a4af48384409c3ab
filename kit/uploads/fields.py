"""The file field for papers: what it gives has been checked."""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from kit.uploads.check import check_paper
from kit.uploads.checked import MB, Checked, limits_of_settings


@dataclass(frozen=True)
class UploadedPaper:
    """The file, standing at its start, with what the check found. `checked.notes` are for its author."""

    file: UploadedFile
    checked: Checked


class PaperFileField(forms.FileField):
    """One PDF or DOCX; cleans to an UploadedPaper (None when left out and not required).

    `kinds` may allow only one of the two. Every problem is an error of its own.
    """

    def __init__(self, *, kinds: tuple[str, ...] = ("pdf", "docx"), **kwargs) -> None:
        self.kinds = kinds
        named = " or ".join(kind.upper() for kind in kinds)
        most = f"{limits_of_settings().file_bytes / MB:.3g} MB"
        kwargs.setdefault("help_text", f"A {named}, smaller than {most}, without a password or macros.")
        kwargs.setdefault("widget", forms.FileInput({"accept": ",".join(f".{kind}" for kind in kinds)}))
        words = {"empty": "The selected file is empty", "required": f"Select a {named}"}
        super().__init__(error_messages=words | (kwargs.pop("error_messages", None) or {}), **kwargs)

    def clean(self, data, initial=None) -> UploadedPaper | None:
        file = super().clean(data, initial)
        if not isinstance(file, UploadedFile):
            return None
        checked = check_paper(file.name, file)
        if not checked:
            raise ValidationError([ValidationError(problem, "paper") for problem in checked.problems])
        if checked.kind not in self.kinds:
            named = " or ".join(kind.upper() for kind in self.kinds)
            raise ValidationError(f"The selected file must be a {named}", "paper")
        return UploadedPaper(file, checked)
