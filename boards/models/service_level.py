from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from boards.choices import Anchor, Direction, Product, TimeUnit
from kit.ledger import ledgered

from .terms import Terms, parts_stay


@ledgered()
class ServiceLevel(models.Model):
    """When terms promise a product: so many units before or after a meeting."""

    terms = models.ForeignKey(Terms, on_delete=models.CASCADE, related_name="service_levels")
    product = models.CharField(max_length=20, choices=Product)
    quantity = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(365)])
    unit = models.CharField(max_length=20, choices=TimeUnit, default=TimeUnit.WORKING_DAYS)
    direction = models.CharField(max_length=10, choices=Direction)
    anchor = models.CharField(max_length=20, choices=Anchor)

    class Meta:
        ordering = ["terms", "product"]
        constraints = [
            models.UniqueConstraint(
                fields=["terms", "product"],
                name="service_level_once",
                violation_error_message="These terms already say when this is due.",
            ),
            models.CheckConstraint(
                condition=models.Q(quantity__gte=1, quantity__lte=365), name="service_level_from_1_to_365"
            ),
        ]
        triggers = parts_stay()

    def __str__(self) -> str:
        return (
            f"{self.get_product_display()}: {self.quantity} {self.get_unit_display()} "
            f"{self.get_direction_display()} {self.get_anchor_display()}"
        )
