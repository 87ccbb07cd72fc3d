from guong.core.room import Room


class AppraisalConfig(Room):
    name = "guong.appraisal"
    label = "appraisal"
    verbose_name = "Thẩm định"
    default = True  # Room is imported here too; without this Django would take neither
