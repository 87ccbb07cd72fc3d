from guong.core.room import Room


class PublicityConfig(Room):
    name = "guong.publicity"
    label = "publicity"
    verbose_name = "Tuyên truyền"
    default = True  # Room is imported here too; without this Django would take neither
