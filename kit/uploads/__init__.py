"""Papers that people upload, checked before anything of them is kept. Nothing is trusted, and every no has a sentence.

    checked = check_paper(upload.name, upload)
    if not checked: show(checked.problems)

Forms use PaperFileField, which does this and gives the file with its facts.
"""

from .check import check_paper
from .checked import CONTENT_TYPES, Checked, Limits
from .fields import PaperFileField, UploadedPaper
from .names import display_name

__all__ = ["CONTENT_TYPES", "Checked", "Limits", "PaperFileField", "UploadedPaper", "check_paper", "display_name"]
