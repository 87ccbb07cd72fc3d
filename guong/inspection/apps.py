from guong.core.room import Room


class InspectionConfig(Room):
    name = "guong.inspection"
    label = "inspection"
    verbose_name = "Kiểm tra"
    default = True  # Room is imported here too; without this Django would take neither
