"""What editors meet in the newsroom: nothing but stories."""

from django.shortcuts import redirect
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem

from .models import StoryPage


class ToApproval(ActionMenuItem):
    """From the page editor to where the text is frozen and sent to a second person."""

    name = "action-to-approval"
    label = "Xem và gửi duyệt"
    icon_name = "check"

    def get_url(self, parent_context):
        page = parent_context["page"]
        approval = page.specific.approvals.order_by("-pk").first() if page.pk else None
        return reverse("publicity:detail", args=[approval.pk]) if approval else None


@hooks.register("register_page_action_menu_item")
def to_approval():
    return ToApproval(order=5)


@hooks.register("construct_page_action_menu")
def nobody_publishes_here(menu_items, request, context):
    # What is released is an approval; Wagtail's own publishing means nothing.
    allowed = {"action-to-approval", "action-save-draft"}
    menu_items[:] = [item for item in menu_items if item.name in allowed]


@hooks.register("construct_main_menu")
def only_stories(request, menu_items):
    menu_items[:] = [
        item for item in menu_items if item.name in {"explorer", "images", "back-to-work"}
    ]


@hooks.register("register_admin_menu_item")
def back_to_work():
    return MenuItem("Về bàn làm việc", "/", icon_name="arrow-left", order=1, name="back-to-work")


@hooks.register("before_create_page")
def stories_start_from_an_exemplar(request, parent_page, page_class):
    if page_class is StoryPage:
        return redirect("publicity:untold")
    return None
