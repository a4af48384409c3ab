"""Who holds a post, and who drafts for it. The post is locked, so that it cannot be abolished meanwhile."""

from typing import Any

from django.db import transaction

from kit import stale
from kit.verdict import require
from people import rules
from people.actor import Actor
from people.models import Delegation, Post, Tenure


@transaction.atomic
def add(*, tenure: Tenure, by: Actor) -> Tenure:
    """Put a person in a post. Raises Refusal, or IntegrityError when somebody holds it on this basis already."""
    post = Post.objects.select_for_update(of=("self",)).get(pk=tenure.post_id)
    require(rules.may_keep_people(by))
    require(rules.fits_post(post, tenure.starts, tenure.ends))
    tenure.save(force_insert=True)
    return tenure


@transaction.atomic
def change(*, tenure: Tenure, values: dict[str, Any], seen: str, by: Actor) -> Tenure:
    """Correct or end a tenure. Raises Refusal, Stale, or IntegrityError as `add` does."""
    post = Post.objects.select_for_update(of=("self",)).get(pk=tenure.post_id)
    row = stale.current(tenure, values, seen)
    require(rules.may_keep_people(by))
    for name, value in values.items():
        setattr(row, name, value)
    require(rules.fits_post(post, row.starts, row.ends))
    row.save(update_fields=list(values))
    return row


@transaction.atomic
def delegate(*, delegation: Delegation, by: Actor) -> Delegation:
    """Let a person draft and submit for a post. Raises Refusal, or IntegrityError when they already do."""
    post = Post.objects.select_for_update(of=("self",)).get(pk=delegation.post_id)
    require(rules.may_delegate(by, post))
    require(rules.fits_post(post, delegation.starts, delegation.ends))
    delegation.save(force_insert=True)
    return delegation


@transaction.atomic
def end_delegation(*, delegation: Delegation, values: dict[str, Any], seen: str, by: Actor) -> Delegation:
    """Set the last day of a delegation. Raises Refusal and Stale."""
    post = Post.objects.select_for_update(of=("self",)).get(pk=delegation.post_id)
    row = stale.current(delegation, values, seen)
    require(rules.may_delegate(by, post))
    row.ends = values["ends"]
    require(rules.fits_post(post, row.starts, row.ends))
    row.save(update_fields=["ends"])
    return row
