"""The two forms of the plan workbook's page: the file, and the confirmation."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from kit.crispy import helper
from kit.forms import StrideForm

REASON_LENGTH = 2000


class WorkbookUploadForm(StrideForm):
    workbook = forms.FileField(
        label="Plan workbook",
        help_text="One XLSX file.",
        error_messages={"required": "Select a plan workbook", "empty": "The file you selected is empty"},
        widget=forms.FileInput({"accept": ".xlsx"}),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(self, "workbook", submit="Check the workbook")

    def clean_workbook(self) -> UploadedFile:
        file = self.cleaned_data["workbook"]
        if file.size > settings.WORKBOOK_MAX_BYTES:
            most = settings.WORKBOOK_MAX_BYTES // 1024 // 1024
            raise ValidationError(f"The plan workbook must be smaller than {most} MB")
        return file


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
