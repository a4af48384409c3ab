"""Loading what a page is about through what the actor may reach."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from monitoring.models import ProgressReturn, ReturnVersion
from monitoring.rules import may_read_unsigned


def load_return(request: HttpRequest, pk: int) -> ProgressReturn:
    """The return with its round, commitment and posts. Raises Http404 when it is out of reach."""
    return get_object_or_404(ProgressReturn.objects.visible_to(request.actor).current().with_waiting(), pk=pk)


def newest(progress_return: ProgressReturn) -> ReturnVersion | None:
    """The version that `load_return` brought with it."""
    return progress_return.current_versions[0] if progress_return.current_versions else None


def readable(request: HttpRequest, progress_return: ProgressReturn) -> ReturnVersion | None:
    """The newest version the actor may read: any for those who may read drafts, else the last signed one."""
    version = newest(progress_return)
    if version is None or version.signed_off_at is not None:
        return version
    if may_read_unsigned(request.actor, progress_return):
        return version
    return progress_return.versions.filter(signed_off_at__isnull=False).order_by("-number").first()


def done_already(request: HttpRequest, pk: int, verb: str) -> bool:
    """A second click: the last thing that happened to the return is this act, by this user, in these words.

    Last is what was recorded last: where the clock stands on a day, an earlier act may carry a later hour.
    """
    found = get_object_or_404(ProgressReturn.objects.visible_to(request.actor).only("pk"), pk=pk)
    last = found.acts.order_by("-pk").first()
    if last is None or (last.verb, last.by_user_id) != (verb, request.actor.user_id):
        return False
    words = (text for name, text in request.POST.items() if name == "comment" or name.startswith("reason"))
    return all(" ".join(text.split()) in " ".join(last.reason.split()) for text in words)
