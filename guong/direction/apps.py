from guong.core.room import Room


class DirectionConfig(Room):
    name = "guong.direction"
    label = "direction"
    verbose_name = "Chỉ đạo"
