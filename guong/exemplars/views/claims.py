"""Achievements, what proves them, and earlier distinctions."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from guong.core.forms import form_page
from guong.core.policies import require

from .. import actions, forms
from ..models import Claim, Distinction
from ..uploads import take_in
from .common import life_url, visible


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
def record_distinction(request, pk):
    """Something the exemplar was given before."""
    exemplar = visible(request, pk)
    require(request.user, "exemplars.record_distinction", exemplar)
    return form_page(
        request,
        forms.NewDistinction(request.POST or None),
        lambda values: actions.record_distinction(exemplar=exemplar, by=request.user, **values),
        done="Đã ghi khen thưởng.",
        heading=f"Khen thưởng trước đây: {exemplar}",
        submit="Ghi khen thưởng",
        to=life_url(pk),
        back=life_url(pk),
    )


@login_required
@require_POST
def strike_distinction(request, pk):
    """A line written by mistake."""
    row = get_object_or_404(Distinction.objects.visible_to(request.user), pk=pk)
    actions.strike_distinction(distinction=row, by=request.user)
    messages.success(request, f"Đã bỏ «{row.title}».")
    return redirect(life_url(row.exemplar_id))


@login_required
@require_http_methods(["GET", "POST"])
def revise_claim(request, pk):
    """The next version of an achievement."""
    claim = get_object_or_404(
        Claim.objects.visible_to(request.user).current().select_related("exemplar"), pk=pk
    )
    require(request.user, "exemplars.revise_claim", claim.exemplar)
    initial = {name: getattr(claim, name) for name in actions.CLAIM_FIELDS}
    return form_page(
        request,
        forms.NewClaim(request.POST or None, initial=initial),
        lambda values: actions.revise_claim(claim=claim, by=request.user, **values),
        done="Đã ghi bản mới; bản mới «chưa kiểm chứng» cho tới khi có người xác minh.",
        heading=f"Sửa thành tích: {claim.exemplar}",
        submit="Ghi bản mới",
        to=life_url(claim.exemplar_id),
        back=life_url(claim.exemplar_id),
        intro="Bản cũ không mất: hồ sơ, quyết định, bài viết đã dùng vẫn chỉ vào bản cũ.",
    )
