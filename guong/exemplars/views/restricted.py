"""Consents, holds, conflicts, and what is read by permission only."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from guong.core.forms import form_page
from guong.core.policies import require

from .. import actions, forms
from ..models import Consent, Hold
from ..uploads import take_in
from .common import life_url, visible


@login_required
@require_http_methods(["GET", "POST"])
def record_consent(request, pk):
    """The person's yes, with the paper photographed."""
    exemplar = visible(request, pk)
    require(request.user, "exemplars.record_consent", exemplar)

    def act(values):
        upload = values.pop("proof")
        proof = take_in(upload, by=request.user, field="proof") if upload else None
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
    consent = get_object_or_404(Consent.objects.visible_to(request.user), pk=pk)
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
@require_http_methods(["GET", "POST"])
def record_identity(request, pk):
    """The restricted part is written; what is there already is not shown."""
    exemplar = visible(request, pk)
    require(request.user, "exemplars.record_identity", exemplar)
    return form_page(
        request,
        forms.NewIdentity(request.POST or None),
        lambda values: actions.record_identity(exemplar=exemplar, by=request.user, **values),
        done="Đã ghi giấy tờ tùy thân.",
        heading=f"Ghi giấy tờ tùy thân: {exemplar}",
        submit="Ghi",
        to=life_url(pk),
        back=life_url(pk),
        intro="Ô để trống giữ nguyên điều đã ghi. Mỗi lần ghi và mỗi lần xem đều vào nhật ký.",
    )


@login_required
@require_POST
def read_identity(request, pk):
    """The restricted part; asking for it is written down."""
    exemplar = visible(request, pk)
    is_whole = "whole" in request.POST
    values = actions.read_identity(exemplar=exemplar, by=request.user, is_whole=is_whole)
    context = {"exemplar": exemplar, "values": values, "is_whole": is_whole}
    return render(request, "exemplars/identity.html", context)
