"""What somebody copies out of a PDF."""

import pypdfium2


def text_of(made: bytes) -> str:
    """All its text, the lines joined."""
    document = pypdfium2.PdfDocument(made)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    return " ".join(" ".join(pages).replace("\ufffe", "").split())
