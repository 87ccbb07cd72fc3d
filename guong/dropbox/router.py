"""Which database the drop box's rows lie in, seen from the office."""


class Intake:
    """The drop box has a database of its own; nothing else goes into it."""

    def db_for_read(self, model, **hints):
        return "intake" if model._meta.app_label == "dropbox" else None

    db_for_write = db_for_read

    def allow_migrate(self, db, app_label, **hints):
        if app_label == "dropbox":
            return db == "intake"
        return False if db == "intake" else None
