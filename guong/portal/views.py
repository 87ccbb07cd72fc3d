from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guong.core import calendar, files, lists
from guong.core.forms import form_page
from guong.core.policies import require
from guong.core.signing import keys, requests
from guong.core.signing.keys import KeysRefused
from guong.publicity.forms import Reason
from guong.publicity.models import StoryApproval

from . import actions, guarding, outlook, publishing, rewording, selectors
from .gate import Held
from .kinds import stories
from .models import SEES, GuardFinding, TakeDown
from .pictures import PictureGone
from .release import builder, catalogue, pages, publisher
from .site import NotConfirmed, Site

REFUSALS = (
    NotConfirmed,
    PictureGone,
    Held,
    pages.BadPage,
    builder.Busy,
    publisher.NotPublished,
    requests.Refused,
    requests.NoAnswer,
    KeysRefused,
)


def desk_only(request):
    if not SEES & set(request.user.functions()):
        raise PermissionDenied("portal.desk")


SHOWN = 20  # findings on the desk
REMOVALS = 10  # take-downs on the desk; their list has all
TAKE_DOWNS = [
    ("Đã gỡ", 60, "what"),
    ("Việc", 26, "verb"),
    ("Người gỡ", 24, "row.taken_by"),
    ("Lúc", 18, "row.taken_at"),
    ("Lý do", 50, "why"),
    ("Xem lại", 24, "state"),
    ("Người xem lại", 24, "row.seen_by"),
    ("Vì sao không đồng ý", 40, "row.objection"),
]
STATES = {
    "waiting": "Chờ người thứ hai",
    "mine": "Chờ bạn xem lại",
    "agreed": "Đã đồng ý",
    "objected": "Không đồng ý, đưa lại",
    "automatic": "Tự động",
}


@login_required
@require_GET
def desk(request):
    """The current release, what the next will change, who vouches for what."""
    desk_only(request)
    outcome = _outcome(request)
    if request.htmx:
        return render(request, "portal/desk.html#next", outcome)
    confirmation, now = selectors.confirmation(), calendar.now()
    waiting = selectors.take_downs(request.user).waiting()
    left = selectors.timestamp_left(now)
    context = {
        "watched": selectors.watched(now),
        "left": left,
        "is_ill": selectors.is_timestamp_ill(left),
        "until": now + left if left is not None else None,
        "current": catalogue.current(settings.HOME),
        "history": selectors.history(),
        "confirmation": confirmation,
        "may_confirm": request.user.has_perm("portal.confirm_package"),
        "may_second": confirmation is not None
        and confirmation.second_by_id is None
        and request.user.has_perm("portal.second_package", confirmation),
        "removals": selectors.removed(waiting[:REMOVALS], request.user),
        "waiting_removals": waiting.count(),
        "automatic_removals": selectors.take_downs(request.user).automatic().count(),
        "may_rescan": request.user.has_perm("portal.rescan"),
        "findings": [
            (finding, request.user.has_perm("portal.let_pass", finding))
            for finding in selectors.findings(request.user)[:SHOWN]
        ],
        "held": selectors.findings(request.user).count(),
        "rescanned_at": selectors.rescanned_at(),
        "waiting": StoryApproval.objects.public().filter(released_on=None),
        "fingerprint": keys.fingerprint(settings.HOME),
    }
    return render(request, "portal/desk.html", context | outcome)


def _outcome(request) -> dict:
    """What the next release would change: as remembered, or looked at now when it is asked for."""
    now, problem = calendar.now(), ""
    found = outlook.remembered(now)
    is_asked = found is None and "next" in request.GET
    if is_asked:
        try:
            found = outlook.look(now)
        except REFUSALS as refusal:
            problem = str(refusal)
    groups = outlook.groups(found) if found else []
    return {
        "difference": found,
        "problem": problem,
        "is_unknown": found is None and not is_asked,
        "groups": [one for one in groups if one.name != outlook.DERIVED],
        "derived": next((one for one in groups if one.name == outlook.DERIVED), None),
        "may_publish": request.user.has_perm("portal.publish"),
    }


@login_required
@require_GET
def changes(request, group):
    """Everything of one kind that the next release would change, a hundred at a time."""
    desk_only(request)
    try:
        found = outlook.group(outlook.look(calendar.now()), group)
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
        return redirect("portal:desk")
    if found is None:
        messages.info(request, "Bản phát hành tới không đổi gì ở mục này.")
        return redirect("portal:desk")
    asked = request.GET.get("from", "")
    start = int(asked) if asked.isdecimal() and len(asked) < 7 else 0
    following = start + outlook.AT_ONCE
    context = {
        "group": found,
        "changes": found.changes(start, outlook.AT_ONCE),
        "start": start,
        "before": max(start - outlook.AT_ONCE, 0),
        "after": following if following < len(found) else None,
    }
    return render(request, "portal/changes.html", context)


@login_required
@require_GET
def difference(request):
    """How one page of the next release would read, beside how it reads now."""
    desk_only(request)
    changed = rewording.rewording(request.GET.get("path", ""))
    if changed is None:
        messages.info(request, "Trang này không còn gì khác bản đang phát hành.")
        return redirect("portal:desk")
    return render(request, "portal/difference.html", {"changed": changed})


@login_required
@require_GET
def take_downs(request):
    """Everything that was taken off the portal: what, who, when, why, and who has looked again."""
    desk_only(request)
    rows, state = selectors.take_downs(request.user), request.GET.get("state", "")
    if state == "mine":
        rows = rows.waiting_for(request.user)
    elif state in STATES:
        rows = getattr(rows, state)()
    pages = Paginator(rows, 25)
    told = (
        one
        for number in pages.page_range
        for one in selectors.removed(pages.page(number), request.user)
    )
    if made := lists.as_sheet(request, "Đã gỡ khỏi cổng", told, TAKE_DOWNS):
        return made
    page = pages.get_page(request.GET.get("page"))
    context = {
        "page": page,
        "removals": selectors.removed(page, request.user),
        "state": state,
        "states": STATES,
    }
    return render(request, "portal/take_downs.html", context)


def _back(request):
    """To the list whoever judges came from, or to the desk."""
    return redirect("portal:take_downs" if request.POST.get("from") == "list" else "portal:desk")


@login_required
@require_POST
def confirm_take_down(request, pk):
    """A second person agrees that something was rightly taken off the portal."""
    removal = get_object_or_404(TakeDown.objects.visible_to(request.user), pk=pk)
    actions.confirm_take_down(removal=removal, by=request.user)
    messages.success(request, "Đã ghi: người thứ hai đã xem lại.")
    return _back(request)


@login_required
@require_http_methods(["GET", "POST"])
def object_to_take_down(request, pk):
    """A second person does not agree; the way of two persons begins again."""
    removal = get_object_or_404(TakeDown.objects.visible_to(request.user), pk=pk)
    require(request.user, "portal.object_to_take_down", removal)
    (told,) = selectors.removed([removal], request.user)
    return form_page(
        request,
        Reason(request.POST or None),
        lambda values: actions.object_to_take_down(removal=removal, by=request.user, **values),
        done=f"Đã ghi. {told.again}",
        heading=f"Không đồng ý gỡ: {told.things[0].title}",
        submit="Không đồng ý, đưa lại",
        to=reverse("portal:take_downs") + "?state=objected",
        back=reverse("portal:take_downs"),
        intro=f"Chưa có gì trở lại cổng ngay. {told.again}",
    )


@login_required
@require_POST
def rescan(request):
    """The guard reads everything again, now instead of at night."""
    require(request.user, "portal.rescan")
    try:
        made = guarding.rescan(site=selectors.next_site(calendar.now()), by=request.user)
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Lớp gác đã đọc lại; thấy thêm {len(made)} chỗ.")
    return redirect("portal:desk")


@login_required
@require_http_methods(["GET", "POST"])
def let_pass(request, pk):
    """A second person lets through what the guard holds, with a reason, for this very text."""
    finding = get_object_or_404(GuardFinding.objects.visible_to(request.user).open(), pk=pk)
    require(request.user, "portal.let_pass", finding)
    url = reverse("portal:desk")
    return form_page(
        request,
        Reason(request.POST or None),
        lambda values: actions.let_pass(finding=finding, by=request.user, **values),
        done="Đã ghi: cho qua đúng nội dung này. Sửa một chữ là lớp gác xem lại.",
        heading=f"Cho qua: {finding}",
        submit="Cho qua",
        to=url,
        back=url,
    )


@login_required
@require_POST
def confirm_package(request):
    """One administrator has looked at the fixed pages; the second makes it whole."""
    confirmation = selectors.confirmation()
    if confirmation is not None and confirmation.confirmed_by_id != request.user.pk:
        actions.second_package(confirmation=confirmation, by=request.user)
        messages.success(request, "Đã đủ hai người xác nhận phần trang cố định.")
    else:
        actions.confirm_package(by=request.user)
        messages.success(request, "Đã ghi. Quản trị thứ hai xác nhận nữa là đủ.")
    return redirect("portal:desk")


@login_required
@require_POST
def publish(request):
    """Everything approved goes on the portal, signed."""
    desk_only(request)
    try:
        record = publishing.publish(by=request.user)
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Bản phát hành {record.number} đã lên cổng.")
    return redirect(reverse("portal:desk") + "?next=1")


@login_required
@require_http_methods(["GET", "POST"])
def take_down(request, pk):
    """One person, one press: off the portal at once."""
    approval = get_object_or_404(StoryApproval.objects.visible_to(request.user), pk=pk)
    require(request.user, "portal.take_down")
    url = reverse("portal:desk")

    def act(values):
        return publishing.take_down(approval=approval, by=request.user, **values)

    try:
        return form_page(
            request,
            Reason(request.POST or None),
            act,
            done="Đã gỡ khỏi cổng.",
            heading=f"Gỡ khỏi cổng: {approval}",
            submit="Gỡ ngay",
            waits="Đang gỡ. Ở cổng lớn trang của bài đi trong một phút, danh sách theo sau.",
            to=url,
            back=url,
        )
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
        return redirect("portal:desk")


@login_required
@require_GET
def preview(request, pk):
    """A story as its readers will see it; the office's own address, never the portal's."""
    approval = get_object_or_404(
        StoryApproval.objects.visible_to(request.user).exclude(content={}), pk=pk
    )
    site = Site(calendar.now(), 0, is_preview=True, exemplar=approval.exemplar_id)
    approval.approved_by = approval.approved_by or request.user
    try:
        one = stories.story(approval, site)
    except PictureGone as refusal:
        raise Http404(str(refusal)) from refusal
    context = {"story": one, "picture_url": reverse("portal:preview_picture", args=[pk])}
    return HttpResponse(site.render("story.html", context, one.path))


@login_required
@require_GET
def preview_picture(request, pk):
    """The picture of a story in its preview."""
    approval = get_object_or_404(StoryApproval.objects.visible_to(request.user), pk=pk)
    sha256 = approval.files.get("picture", "")
    if not sha256 or not files.place(sha256).exists():
        raise Http404(str(pk))
    return FileResponse(files.place(sha256).open("rb"), content_type="image/jpeg")
