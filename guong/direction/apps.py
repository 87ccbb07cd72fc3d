from guong.core.room import Room


class DirectionConfig(Room):
    name = "guong.direction"
    label = "direction"
    verbose_name = "Chỉ đạo"
    default = True  # Room is imported here too; without this Django would take neither
