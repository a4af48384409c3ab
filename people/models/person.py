from django.conf import settings
from django.db import models
from django.urls import reverse

from kit.ledger import ledgered


@ledgered()
class Person(models.Model):
    """A human, who may or may not sign in."""

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    email = models.EmailField("e-mail address", max_length=254, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="person"
    )

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("people:person", args=[self.code])
