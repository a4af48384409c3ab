from django.conf import settings
from django.db import models

from .person import Person
from .post import Post


class Act(models.Model):
    """Who did what, as which post, when and why. The base of every transition row; names are kept as text too."""

    verb = models.CharField(max_length=30)
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField()
    by_user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    by_person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=254)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    post_title = models.CharField(max_length=200, blank=True)
    on_behalf = models.BooleanField(default=False, help_text="Done by a delegate for the post.")
    reason = models.TextField(blank=True)

    class Meta:
        abstract = True
        ordering = ["-id"]  # as they were done: a demonstration's clock goes back at midnight

    def __str__(self) -> str:
        return f"{self.verb} by {self.by_name}"
