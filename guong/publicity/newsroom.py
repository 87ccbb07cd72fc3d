"""What the newsroom's people may do in Wagtail: write stories and bring pictures, nothing else.

Wagtail asks the permissions of groups; the group of a function carries its name (`units.actions.grant`).
Nobody holds the right to publish: what is released is an approval.
"""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from wagtail.admin.models import Admin
from wagtail.images.models import Image
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from .models import StoryIndexPage

EDITORS = "editor"


def shelf() -> StoryIndexPage:
    """The page all stories hang under; made on first use."""
    found = StoryIndexPage.objects.first()
    if found:
        return found
    root = Page.get_first_root_node() or Page.add_root(title="Gốc", slug="root")
    return root.add_child(instance=StoryIndexPage(title="Bài viết", slug="bai-viet", live=False))


def give_rights(using="default", **kwargs) -> None:
    """Set the rights again after every migrate; what is there stays."""
    if using != "default":
        return
    group, _ = Group.objects.get_or_create(name=EDITORS)
    group.permissions.add(_permission(Admin, "access_admin"))
    for verb in ("add_page", "change_page"):
        GroupPagePermission.objects.get_or_create(
            group=group, page=shelf().page_ptr, permission=_permission(Page, verb)
        )
    root = Collection.get_first_root_node()
    for verb in ("add_image", "choose_image"):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=root, permission=_permission(Image, verb)
        )


def _permission(model, codename: str) -> Permission:
    # Django makes permissions after our turn on a first migrate; the same row is found again.
    content_type = ContentType.objects.get_for_model(model)
    return Permission.objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": codename}
    )[0]
