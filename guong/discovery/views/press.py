from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guong.core import lists
from guong.core.forms import form_page
from guong.core.policies import require

from .. import actions, articles, forms, scoring, watching
from ..fetching import NotFetched
from ..marks import marked
from ..models import PressItem, PressSource
from ..models.press import READS_PRESS

# The score is an order to read in; it leaves no page.
ITEMS = [
    ("Tít", 60, "title"),
    ("Nguồn", 24, "source"),
    ("Địa chỉ", 50, "address"),
    ("Ngày đăng", 14, "published_on"),
    ("Nêu ai", 30, lambda row: ", ".join(row.who)),
    ("Ở đâu", 30, lambda row: ", ".join(row.where)),
    ("Trạng thái", 16, "get_state_display"),
]
SOURCES = [
    ("Tên", 30, "name"),
    ("Địa chỉ", 50, "address"),
    ("Loại", 24, "get_kind_display"),
    ("Đang bật", 12, "is_switched_on"),
    ("Đọc được lần cuối", 20, "read_at"),
    ("Vì sao không đọc được", 50, "trouble"),
]
ORDERS = {"newest": "-taken_in_at", "score": "-score"}


def _reads_press(user) -> None:
    if not READS_PRESS & set(user.functions()):
        raise PermissionDenied("discovery.press")


@login_required
@require_GET
def press(request):
    """Articles that were found or pasted, those that wait first unless asked otherwise."""
    _reads_press(request.user)
    asked = request.GET
    state, order = asked.get("state", PressItem.State.NEW), asked.get("order", "newest")
    rows = PressItem.objects.visible_to(request.user).select_related("source")
    if state in PressItem.State:
        rows = rows.filter(state=state)
    if asked.get("worth"):
        rows = rows.filter(score__gte=scoring.WORTH_A_LOOK)
    if (source := asked.get("source", "")).isdecimal():
        rows = rows.filter(source_id=int(source[:18]))
    rows = rows.order_by(ORDERS.get(order, "-taken_in_at"), "-pk")
    if made := lists.as_sheet(request, "Điểm báo", rows, ITEMS):
        return made
    context = {
        "page": Paginator(rows, 25).get_page(asked.get("page")),
        "state": state,
        "states": PressItem.State,
        "order": order,
        "worth": bool(asked.get("worth")),
        "source": source,
        "sources": PressSource.objects.visible_to(request.user).order_by("name", "pk"),
        "threshold": round(scoring.WORTH_A_LOOK * 100),
        "may_paste": request.user.has_perm("discovery.keep_article"),
    }
    return render(request, "discovery/press.html", context)


def _item(request, pk) -> PressItem:
    rows = PressItem.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("source", "lead", "handled_by"), pk=pk)


@login_required
@require_GET
def press_item(request, pk):
    """One article: its words, why it has its points, what the guard found, what can be done."""
    item = _item(request, pk)
    user, guard = request.user, item.verdict.get("reasons", [])
    context = {
        "item": item,
        "reasons": item.reasons,
        "guard": guard,
        "text": marked(item.words, [*item.reasons, *guard]),
        "is_worth": item.score >= scoring.WORTH_A_LOOK,
        "may_make": item.can_move_to("lead") and user.has_perm("discovery.make_lead", item),
        "may_set_aside": item.can_move_to("set_aside")
        and user.has_perm("discovery.set_aside_item", item),
        "may_put_back": item.can_move_to("new") and user.has_perm("discovery.put_back_item", item),
    }
    return render(request, "discovery/press_item.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def paste(request):
    """Words of an article that were copied; or the address of one at a listed source."""
    require(request.user, "discovery.keep_article")

    def act(values):
        if values["text"]:
            article = articles.pasted(values["text"], address=values["address"])
        else:
            try:
                article = watching.article_at(values["address"])
            except NotFetched as refusal:
                raise ValidationError({"address": str(refusal)}) from refusal
        return actions.keep_article(article=article, by=request.user)

    return form_page(
        request,
        forms.Paste(request.POST or None),
        act,
        done="Đã nhận bài. Bài đã có từ trước thì không thêm lần nữa.",
        heading="Dán một bài báo",
        submit="Xem bài này",
        to=lambda item: reverse("discovery:press_item", args=[item.pk]),
        back=reverse("discovery:press"),
        intro="Dán lời bài là được, không cần mạng. Dòng đầu ngắn thì lấy làm tít.",
    )


@login_required
@require_POST
def make_lead(request, pk):
    """One click: the article is a lead."""
    item = _item(request, pk)
    require(request.user, "discovery.make_lead", item)
    lead = actions.make_lead(item=item, by=request.user)
    messages.success(request, f"Đã lập tin {lead.code}, giao {lead.unit}.")
    return redirect("discovery:detail", lead.pk)


@login_required
@require_POST
def set_aside_item(request, pk):
    actions.set_aside_item(item=_item(request, pk), by=request.user)
    messages.success(request, "Đã bỏ qua bài này. Lấy lại được ở mục «Bỏ qua».")
    return redirect("discovery:press")


@login_required
@require_POST
def put_back_item(request, pk):
    actions.put_back_item(item=_item(request, pk), by=request.user)
    messages.success(request, "Đã lấy lại bài này.")
    return redirect("discovery:press_item", pk)


# --- Sources ---------------------------------------------------------------------
READS_SOURCES = READS_PRESS | {"administrator"}


@login_required
@require_GET
def sources(request):
    """What is watched, whether it is switched on, and what went wrong."""
    if not READS_SOURCES & set(request.user.functions()):
        raise PermissionDenied("discovery.sources")
    rows = PressSource.objects.visible_to(request.user).order_by("-is_switched_on", "name", "pk")
    if made := lists.as_sheet(request, "Nguồn báo chí", rows, SOURCES):
        return made
    context = {
        "page": Paginator(rows, 25).get_page(request.GET.get("page")),
        "may_add": request.user.has_perm("discovery.add_source"),
        "has_network": settings.PRESS_FETCH,
    }
    return render(request, "discovery/sources.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def add_source(request):
    """One more address the office would have watched."""
    require(request.user, "discovery.add_source")
    url = reverse("discovery:sources")
    return form_page(
        request,
        forms.NewSource(request.POST or None),
        lambda values: actions.add_source(by=request.user, **values),
        done="Đã thêm nguồn; nguồn còn tắt.",
        heading="Thêm nguồn báo chí",
        submit="Thêm nguồn",
        to=url,
        back=url,
        intro="Chỉ máy chủ có trong danh sách này mới được hỏi tới. Nguồn mới luôn ở trạng thái tắt.",
    )


@login_required
@require_POST
def switch_source(request, pk):
    """On or off."""
    source = get_object_or_404(PressSource.objects.visible_to(request.user), pk=pk)
    on = request.POST.get("on") == "1"
    actions.switch_source(source=source, by=request.user, on=on)
    messages.success(request, f"Đã {'bật' if on else 'tắt'} nguồn «{source}».")
    return redirect("discovery:sources")
