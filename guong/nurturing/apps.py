from guong.core.room import Room


class NurturingConfig(Room):
    name = "guong.nurturing"
    label = "nurturing"
    verbose_name = "Bồi dưỡng"
    default = True  # Room is imported here too; without this Django would take neither
