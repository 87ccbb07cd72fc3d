from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guong.core.forms import form_page
from guong.core.policies import require
from guong.core.vietnamese import fold
from guong.units.models import Field, Unit

from . import actions, forms
from .models import Consent, Exemplar, Hold
from .uploads import take_in


def visible(request, pk) -> Exemplar:
    return get_object_or_404(Exemplar.objects.visible_to(request.user), pk=pk)


def life_url(pk) -> str:
    return reverse("web:life", args=[pk])


@login_required
@require_GET
def exemplars(request):
    """The life records this person may open, narrowed by words, field, kind and state."""
    asked = {name: request.GET.get(name, "") for name in ("tim", "field", "kind", "state", "xa")}
    rows = Exemplar.objects.visible_to(request.user).select_related("unit", "commune", "field")
    for word in fold(asked["tim"]).split():
        rows = rows.filter(search_key__contains=word)
    if asked["field"].isdigit():
        rows = rows.filter(field_id=int(asked["field"]))
    if asked["xa"].isdigit():
        rows = rows.filter(Q(commune_id=int(asked["xa"])) | Q(unit_id=int(asked["xa"])))
    if asked["kind"] in Exemplar.Kind:
        rows = rows.filter(kind=asked["kind"])
    if asked["state"] == "recognised":
        rows = rows.recognised()
    elif asked["state"] == "waiting":
        rows = rows.filter(recognised_on=None)
    page = Paginator(rows.order_by("-introduced_on", "-pk"), 25).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "asked": asked,
        "fields": Field.objects.order_by("order"),
        "kinds": Exemplar.Kind,
        "communes": Unit.objects.communes().order_by("sort_key"),
    }
    return render(request, "exemplars/list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def add_evidence(request, pk):
    """A file or a testimony for one exemplar."""
    exemplar = visible(request, pk)
    require(request.user, "exemplars.add_evidence", exemplar)

    def act(values):
        upload = values.pop("file")
        file = take_in(upload, by=request.user) if upload else None
        return actions.add_evidence(exemplar=exemplar, by=request.user, file=file, **values)

    return form_page(
        request,
        forms.NewEvidence(request.POST or None, request.FILES or None),
        act,
        done="Đã thêm minh chứng.",
        heading=f"Thêm minh chứng: {exemplar}",
        submit="Thêm minh chứng",
        to=life_url(pk),
        back=life_url(pk),
    )


@login_required
@require_http_methods(["GET", "POST"])
def state_claim(request, pk):
    """One more achievement."""
    exemplar = visible(request, pk)
    require(request.user, "exemplars.state_claim", exemplar)
    return form_page(
        request,
        forms.NewClaim(request.POST or None),
        lambda values: actions.state_claim(exemplar=exemplar, by=request.user, **values),
        done="Đã ghi thành tích; còn «chưa kiểm chứng» cho tới khi có người xác minh.",
        heading=f"Nêu thành tích: {exemplar}",
        submit="Ghi thành tích",
        to=life_url(pk),
        back=life_url(pk),
    )


@login_required
@require_http_methods(["GET", "POST"])
def record_consent(request, pk):
    """The person's yes, with the paper photographed."""
    exemplar = visible(request, pk)
    require(request.user, "exemplars.record_consent", exemplar)

    def act(values):
        upload = values.pop("proof")
        proof = take_in(upload, by=request.user) if upload else None
        return actions.record_consent(exemplar=exemplar, by=request.user, proof=proof, **values)

    return form_page(
        request,
        forms.NewConsent(
            request.POST or None, request.FILES or None, initial={"signer": exemplar.full_name}
        ),
        act,
        done="Đã ghi nhận sự đồng ý.",
        heading=f"Ghi nhận sự đồng ý: {exemplar}",
        submit="Ghi nhận",
        to=life_url(pk),
        back=life_url(pk),
        intro="Chưa có sự đồng ý «nêu tên công khai» thì không gì về người này lên cổng.",
    )


@login_required
@require_POST
def withdraw_consent(request, pk):
    """The yes is taken back; one press, no questions."""
    exemplars_seen = Exemplar.objects.visible_to(request.user)
    consent = get_object_or_404(Consent.objects.filter(exemplar__in=exemplars_seen), pk=pk)
    actions.withdraw_consent(consent=consent, by=request.user)
    messages.success(request, "Đã rút sự đồng ý. Bản phát hành tới sẽ bỏ những gì dựa vào nó.")
    return redirect(life_url(consent.exemplar_id))


@login_required
@require_http_methods(["GET", "POST"])
def place_hold(request, pk):
    """A stop on everything public."""
    exemplar = visible(request, pk)
    require(request.user, "exemplars.place_hold", exemplar)
    return form_page(
        request,
        forms.Reason(request.POST or None),
        lambda values: actions.place_hold(exemplar=exemplar, by=request.user, **values),
        done="Đã tạm dừng. Người khác phải gỡ.",
        heading=f"Tạm dừng: {exemplar}",
        submit="Tạm dừng",
        to=life_url(pk),
        back=life_url(pk),
        intro="Mọi phần công khai của hồ sơ dừng lại; chỉ bộ phận thường trực và người kiểm tra "
        "thấy điều này.",
    )


@login_required
@require_http_methods(["GET", "POST"])
def lift_hold(request, pk):
    """The stop is taken away by a second person."""
    hold = get_object_or_404(Hold.objects.visible_to(request.user), pk=pk)
    require(request.user, "exemplars.lift_hold", hold)
    return form_page(
        request,
        forms.Reason(request.POST or None),
        lambda values: actions.lift_hold(hold=hold, by=request.user, **values),
        done="Đã gỡ tạm dừng.",
        heading=f"Gỡ tạm dừng: {hold.exemplar}",
        submit="Gỡ tạm dừng",
        to=life_url(hold.exemplar_id),
        back=life_url(hold.exemplar_id),
    )


@login_required
@require_POST
def declare_conflict(request, pk):
    """«Tôi có liên quan»: the file is closed to this person from now on."""
    actions.declare_conflict(exemplar=visible(request, pk), by=request.user)
    messages.success(request, "Đã ghi. Hồ sơ này không còn hiện với bạn.")
    return redirect("exemplars:list")


@login_required
@require_POST
def read_identity(request, pk):
    """The restricted part; asking for it is written down."""
    exemplar = visible(request, pk)
    identity = actions.read_identity(exemplar=exemplar, by=request.user)
    context = {"exemplar": exemplar, "identity": identity}
    return render(request, "exemplars/identity.html", context)
