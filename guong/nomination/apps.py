from guong.core.room import Room


class NominationConfig(Room):
    name = "guong.nomination"
    label = "nomination"
    verbose_name = "Đề cử"
    loads = ("policies", "importers", "receivers")
