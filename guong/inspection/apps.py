from guong.core.room import Room


class InspectionConfig(Room):
    name = "guong.inspection"
    label = "inspection"
    verbose_name = "Kiểm tra"
