from guong.core.room import Room


class RecognitionConfig(Room):
    name = "guong.recognition"
    label = "recognition"
    verbose_name = "Công nhận"
    default = True  # Room is imported here too; without this Django would take neither
