from guong.core.room import Room


class GuardConfig(Room):
    name = "guong.guard"
    label = "guard"
    verbose_name = "Lớp gác"
