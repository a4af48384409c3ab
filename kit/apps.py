from django.apps import AppConfig
from django.db.models.signals import post_migrate


class KitConfig(AppConfig):
    name = "kit"

    def ready(self) -> None:
        from kit.ledger import remove_trigger_switch

        post_migrate.connect(remove_trigger_switch, sender=self, dispatch_uid="kit.remove_trigger_switch")
