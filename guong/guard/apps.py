from guong.core.room import Room


class GuardConfig(Room):
    name = "guong.guard"
    label = "guard"
    verbose_name = "Lớp gác"
    default = True  # Room is imported here too; without this Django would take neither
