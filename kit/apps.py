from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class KitConfig(AppConfig):
    name = "kit"

    def ready(self) -> None:
        from kit.ledger import remove_trigger_switch

        # Django tells only apps that have models that a migrate has ended; this one has none, the trigger library has.
        sender = apps.get_app_config("pgtrigger")
        post_migrate.connect(remove_trigger_switch, sender=sender, dispatch_uid="kit.remove_trigger_switch")
