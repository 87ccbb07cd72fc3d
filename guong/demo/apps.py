from guong.core.room import Room


class DemoConfig(Room):
    name = "guong.demo"
    label = "demo"
    verbose_name = "Dữ liệu mẫu"
    default = True  # Room is imported here too; without this Django would take neither
