"""The two forms of the plan workbook's page: the file, and the confirmation."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from commitments.services import workbook
from kit.crispy import helper
from kit.forms import StrideForm

REASON_LENGTH = 2000
MOST_FILES = 20  # a few more than there are sheets: notes and a wrong one or two are told apart by name


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or several files, each checked like a single one."""

    widget = FilesInput

    def clean(self, data, initial=None) -> list[UploadedFile]:
        return [super(FilesField, self).clean(file, initial) for file in data or [None]]


class WorkbookUploadForm(StrideForm):
    workbook = FilesField(
        label="Plan workbook",
        help_text="One XLSX file, or the CSV files of a folder, chosen together.",
        error_messages={"required": "Select a plan workbook", "empty": "A file you selected is empty"},
        widget=FilesInput({"accept": ".xlsx,.csv"}),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(self, "workbook", submit="Check the workbook")

    def clean_workbook(self) -> list[UploadedFile]:
        files = self.cleaned_data["workbook"]
        if len(files) > 1 and not all(workbook.is_csv(file.name) for file in files):
            raise ValidationError("Select either one XLSX file, or only CSV files")
        if len(files) > MOST_FILES:
            raise ValidationError(f"Select at most {MOST_FILES} CSV files: one for each sheet")
        if sum(file.size for file in files) > settings.WORKBOOK_MAX_BYTES:
            most = settings.WORKBOOK_MAX_BYTES // 1024 // 1024
            raise ValidationError(f"The plan workbook must be smaller than {most} MB")
        return files


class WorkbookConfirmForm(StrideForm):
    """`asks_reason` names the approved strategies that would change; a draft changes without a reason."""

    reason = forms.CharField(
        label="Why are you changing it?", max_length=REASON_LENGTH, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *args, asks_reason: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = f"This changes {asks_reason}, after its approval. The reason is kept."
        if not asks_reason:
            del self.fields["reason"]
        self.helper = helper(self, submit="Import the workbook")
        # The page draws the form element, with the token in it.
        self.helper.form_tag = False
