from guong.core.room import Room


class UnitsConfig(Room):
    name = "guong.units"
    label = "units"
    verbose_name = "Đơn vị và tài khoản"
    default = True  # Room is imported here too; without this Django would take neither
