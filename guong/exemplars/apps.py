from guong.core.room import Room


class ExemplarsConfig(Room):
    name = "guong.exemplars"
    label = "exemplars"
    verbose_name = "Điển hình"
    default = True  # Room is imported here too; without this Django would take neither
