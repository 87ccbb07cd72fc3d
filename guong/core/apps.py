from django.db.models.signals import post_migrate

from guong.core.room import Room


class CoreConfig(Room):
    name = "guong.core"
    label = "core"
    verbose_name = "Nền"
    default = True  # Room is imported here too; without this Django would take neither
    loads = ("policies", "checks")

    def ready(self):
        from guong.core.triggers import protect_journal

        super().ready()
        post_migrate.connect(protect_journal, sender=self)
