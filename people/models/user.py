from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower

from kit.ledger import ledgered


class Role(models.TextChoices):
    ADMINISTRATOR = "administrator", "Administrator"
    STRATEGY_TEAM = "strategy_team", "Strategy team"
    SECRETARIAT = "secretariat", "Secretariat"
    AUDITOR = "auditor", "Auditor"
    VIEWER = "viewer", "Viewer"


class UserManager(BaseUserManager):
    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "User":
        return self.create_user(email, password, roles=[Role.ADMINISTRATOR], **fields)

    def get_by_natural_key(self, email: str) -> "User":
        return self.get(email__iexact=email)


@ledgered(exclude=["password", "last_login"])
class User(AbstractBaseUser):
    """A way to sign in. What somebody may do comes from roles here and from the posts their person holds."""

    email = models.EmailField("e-mail address", max_length=254)
    roles = ArrayField(models.CharField(max_length=20, choices=Role), default=list, blank=True)
    is_active = models.BooleanField(
        "may sign in",
        default=True,
        help_text="Untick instead of deleting: the record of what they did stays.",
    )

    objects = UserManager()
    USERNAME_FIELD = "email"

    class Meta:
        ordering = ["email"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once",
                violation_error_message="Somebody already signs in with this e-mail address.",
            ),
            models.CheckConstraint(
                condition=~models.Q(roles__contains=["auditor"]) | models.Q(roles__len=1),
                name="user_auditor_stands_alone",
                violation_error_message="An auditor holds no other role: they check what the others do.",
            ),
            models.CheckConstraint(
                condition=models.Q(roles__contained_by=[role.value for role in Role]),
                name="user_roles_known",
            ),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def is_staff(self) -> bool:
        """Whether the admin opens for them; what they may do there is in stride.admin_site."""
        return bool({Role.ADMINISTRATOR, Role.STRATEGY_TEAM} & set(self.roles))

    @property
    def is_superuser(self) -> bool:
        return Role.ADMINISTRATOR in self.roles

    def has_perm(self, perm: str, obj: models.Model | None = None) -> bool:
        return self.is_active and self.is_superuser

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and self.is_staff
