from guong.core.room import Room


class PublicityConfig(Room):
    name = "guong.publicity"
    label = "publicity"
    verbose_name = "Tuyên truyền"
