from guong.core.room import Room


class NurturingConfig(Room):
    name = "guong.nurturing"
    label = "nurturing"
    verbose_name = "Bồi dưỡng"
