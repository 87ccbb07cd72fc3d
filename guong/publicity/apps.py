from django.db.models.signals import post_migrate

from guong.core.room import Room


class PublicityConfig(Room):
    name = "guong.publicity"
    label = "publicity"
    verbose_name = "Tuyên truyền"
    default = True  # Room is imported here too; without this Django would take neither

    def ready(self):
        from .newsroom import give_rights

        super().ready()
        post_migrate.connect(give_rights, sender=self)
