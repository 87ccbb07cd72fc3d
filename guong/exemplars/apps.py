from django.db.models.signals import post_migrate

from guong.core.room import Room


class ExemplarsConfig(Room):
    name = "guong.exemplars"
    label = "exemplars"
    verbose_name = "Điển hình"
    default = True  # Room is imported here too; without this Django would take neither

    def ready(self):
        from guong.exemplars.words import keep_words

        super().ready()
        post_migrate.connect(keep_words, sender=self)
