from guong.core.room import Room


class UnitsConfig(Room):
    name = "guong.units"
    label = "units"
    verbose_name = "Đơn vị và tài khoản"
