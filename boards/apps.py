from django.apps import AppConfig


class BoardsConfig(AppConfig):
    name = "boards"

    def ready(self) -> None:
        from boards import checks  # noqa: F401  registers them
        from boards.effects import built_in  # noqa: F401  registers them
