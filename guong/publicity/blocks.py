"""What a story is put together from in the newsroom, beside its text."""

from wagtail.blocks import CharBlock, StructBlock, TextBlock
from wagtail.images.blocks import ImageChooserBlock


class Step(StructBlock):
    """One step of a way of working: what to do, and how it looks."""

    text = TextBlock(label="Việc cần làm", max_length=600, rows=3)
    picture = ImageChooserBlock(label="Ảnh", required=False)
    picture_alt = CharBlock(label="Mô tả ảnh", max_length=200, required=False, default="")
    picture_source = CharBlock(label="Nguồn ảnh", max_length=120, required=False, default="")

    class Meta:
        label = "Bước"
        icon = "list-ol"
