from guong.core.room import Room


class AppraisalConfig(Room):
    name = "guong.appraisal"
    label = "appraisal"
    verbose_name = "Thẩm định"
