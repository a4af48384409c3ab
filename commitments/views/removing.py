"""One page for taking a part out of a draft."""

from collections.abc import Callable, Sequence

from django.http import HttpRequest, HttpResponse

from commitments import rules
from commitments.models import Strand
from commitments.services import plans
from kit.edit_pages import edit_page, insist, posted
from kit.record_forms import ConfirmForm


def remove_page(
    request: HttpRequest,
    part: plans.Part,
    *,
    word: str,
    crumbs: Sequence[tuple[str, str]],
    back: str,
    to: str = "",
    caption: str = "",
    act: Callable[[], None] | None = None,
) -> HttpResponse:
    """Ask once more, then remove. What hangs on the part is said on the page."""
    strategy = part.programme.strategy if isinstance(part, Strand) else part.strategy
    insist(rules.may_remove(request.actor, strategy))
    form = ConfirmForm(posted(request))

    def removed() -> bool:
        (act or (lambda: plans.remove(part=part, strategy=strategy, by=request.actor)))()
        return True

    return edit_page(
        request,
        form,
        title=f"Remove this {word} from the draft?",
        caption=caption or str(part),
        extra={"strategy": strategy},
        crumbs=crumbs,
        intro="What it said stays in the record of changes.",
        act=removed,
        done=f"The {word} was removed.",
        to=lambda _: to or strategy.get_absolute_url(),
        cancel=back,
        submit="Remove",
        look="warning",
    )
