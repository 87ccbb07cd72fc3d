"""What Django is told of a room."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig


class Room(AppConfig):
    """A room of the scheme; its policies, owners and receivers are loaded when the apps are ready."""

    default_auto_field = "django.db.models.BigAutoField"
    loads = ("policies", "receivers")

    def ready(self):
        for part in self.loads:
            if find_spec(f"{self.name}.{part}"):
                import_module(f"{self.name}.{part}")
