from guong.core.room import Room


class WebConfig(Room):
    name = "guong.web"
    label = "web"
    verbose_name = "Bàn làm việc"
    default = True  # Room is imported here too; without this Django would take neither
