from guong.core.room import Room


class HonoursConfig(Room):
    name = "guong.honours"
    label = "honours"
    verbose_name = "Tôn vinh"
    default = True  # Room is imported here too; without this Django would take neither
