from django.db import models
from django.urls import reverse

from kit.ledger import ledgered
from people.querysets import PostQuerySet

from .unit import Unit


@ledgered()
class Post(models.Model):
    """An office. Authority and accountability belong to it; a tenure tells who holds it."""

    code = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="posts")
    abolished_on = models.DateField(
        null=True, blank=True, help_text="The last day that the post existed. Leave empty while it exists."
    )

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("people:post", args=[self.code])
