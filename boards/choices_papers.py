"""Fixed lists of papers and packs."""

from django.db import models


class PaperState(models.TextChoices):
    COMMISSIONED = "commissioned", "Commissioned"
    DRAFTING = "drafting", "Drafting"
    SUBMITTED = "submitted", "Submitted"
    SENT_BACK = "sent_back", "Sent back"
    CLEARED = "cleared", "Cleared"
    WITHDRAWN = "withdrawn", "Withdrawn"


# Still with the author.
WITH_AUTHOR = (PaperState.COMMISSIONED, PaperState.DRAFTING, PaperState.SENT_BACK)


class Marking(models.TextChoices):
    """Government Security Classifications, from least to most. SECRET and above have no place here."""

    NONE = "", "No marking"
    OFFICIAL = "official", "OFFICIAL"
    SENSITIVE = "sensitive", "OFFICIAL-SENSITIVE"
    SENSITIVE_COMMERCIAL = "sensitive_commercial", "OFFICIAL-SENSITIVE COMMERCIAL"
    SENSITIVE_PERSONAL = "sensitive_personal", "OFFICIAL-SENSITIVE PERSONAL"


class FileKind(models.TextChoices):
    PDF = "pdf", "PDF"
    DOCX = "docx", "Word"


class PdfFrom(models.TextChoices):
    """Where the PDF of a Word paper comes from."""

    NONE = "", "There is none"
    AUTHOR = "author", "Given by the author"
    CONVERTED = "converted", "Converted here"


class PackKind(models.TextChoices):
    REPLACEMENT = "replacement", "Whole pack"
    SUPPLEMENT = "supplement", "Supplement"


class AudienceKind(models.TextChoices):
    FULL = "full", "Full pack"
    MEMBERS = "members", "Members"
    EXTERNAL = "external", "External members"
    OBSERVERS = "observers", "Observers"
    PERSON = "person", "One person"


class BuildState(models.TextChoices):
    WAITING = "waiting", "Waiting to start"
    BUILDING = "building", "Building"
    DONE = "done", "Built"
    FAILED = "failed", "Failed"
