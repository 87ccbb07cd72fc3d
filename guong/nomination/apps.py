from guong.core.room import Room


class NominationConfig(Room):
    name = "guong.nomination"
    label = "nomination"
    verbose_name = "Đề cử"
    default = True  # Room is imported here too; without this Django would take neither
    loads = ("policies", "importers", "receivers")
