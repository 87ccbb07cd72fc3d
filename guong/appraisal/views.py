from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guong.core import lists
from guong.core.forms import form_page
from guong.core.policies import require
from guong.exemplars import actions as exemplars
from guong.exemplars import shares
from guong.exemplars.cards import claim_card
from guong.exemplars.models import Evidence
from guong.exemplars.uploads import take_in
from guong.nomination.models import Nomination

from . import actions, forms
from .models import Verification

ON_THE_DESK = 30
SHEET = [
    ("Điển hình", 30, "nomination.exemplar"),
    ("Đơn vị", 30, "nomination.unit"),
    ("Người xác minh", 24, "verifier"),
    ("Trạng thái", 20, "get_state_display"),
    ("Từ ngày", 14, "state_since"),
]


@login_required
@require_GET
def verifications(request):
    """Verifications in this person's scope, and accepted nominations nobody looks at yet."""
    rows = Verification.objects.visible_to(request.user).select_related(
        "nomination__exemplar", "nomination__unit", "verifier"
    )
    state = request.GET.get("state", "")
    if state in Verification.State:
        rows = rows.filter(state=state)
    rows = rows.order_by("-state_since", "-pk")
    rows, told = shares.narrow(rows, request.GET.get("nhom", ""), "nomination__exemplar__")
    if made := lists.as_sheet(request, "Xác minh", rows, SHEET):
        return made
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    free = Nomination.objects.visible_to(request.user).filter(
        state=Nomination.State.ACCEPTED, verifications=None
    )
    context = {
        "page": page,
        "state": state,
        "states": Verification.State,
        "shares": told,
        "free": free.select_related("exemplar", "unit").order_by("state_since")[:25],
        "is_verifier": request.user.has_function("verifier"),
    }
    return render(request, "appraisal/list.html", context)


@login_required
@require_POST
def open_verification(request, pk):
    """This person takes the dossier."""
    nomination = get_object_or_404(Nomination.objects.visible_to(request.user), pk=pk)
    try:
        made = actions.open_verification(nomination=nomination, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("appraisal:list")
    return redirect("appraisal:detail", made.pk)


def _visible(request, pk):
    return get_object_or_404(
        Verification.objects.visible_to(request.user).select_related(
            "nomination__exemplar__unit",
            "nomination__exemplar__commune",
            "nomination__exemplar__field",
            "nomination__unit",
            "verifier",
        ),
        pk=pk,
    )


@login_required
@require_GET
def detail(request, pk):
    """The desk: what else waits, the dossier claim by claim, the judgement at its side."""
    verification = _visible(request, pk)
    in_hand = Verification.objects.visible_to(request.user).in_hand(request.user)
    evidence = _evidence(request, verification)
    cards = _cards(verification)
    may_judge = verification.state == Verification.State.OPEN and request.user.has_perm(
        "appraisal.conclude", verification
    )
    left = sum(card.checked_on is None for card in cards)
    context = {
        "verification": verification,
        "exemplar": verification.nomination.exemplar,
        "in_hand": in_hand.select_related("nomination__exemplar", "nomination__unit")[:ON_THE_DESK],
        "cards": cards,
        "evidence": evidence,
        "may_judge": may_judge,
        "judged": _judged(cards, evidence) if may_judge else [],
        "left": left,
        "conclusion": forms.Conclusion() if may_judge and cards and not left else None,
    }
    return render(request, "appraisal/detail.html", context)


def _cards(verification):
    claims = verification.nomination.claims.prefetch_related("checks__evidence__file", "checks__by")
    return [claim_card(claim) for claim in claims.order_by("pk")]


def _evidence(request, verification):
    rows = Evidence.objects.visible_to(request.user).select_related("file")
    return rows.filter(exemplar=verification.nomination.exemplar).order_by("-pk")


def _judged(cards, evidence):
    """Each claim with its form; the first one nobody has looked at lies open."""
    unseen = next((card for card in cards if card.checked_on is None), None)
    return [
        (
            card,
            forms.ClaimCheck(
                evidence=evidence,
                initial={"result": _found(card)},
                auto_id=f"viec-{card.claim.pk}-%s",
            ),
            card is unseen,
        )
        for card in cards
    ]


def _found(card):
    return None if card.checked_on is None else "proven" if card.is_proven else "unproven"


@login_required
@require_http_methods(["GET", "POST"])
def check_claim(request, pk, claim_pk):
    """One claim: proven or not, and by what."""
    verification = _visible(request, pk)
    require(request.user, "appraisal.check_claim", verification)
    claim = get_object_or_404(verification.nomination.claims, pk=claim_pk)
    url = reverse("appraisal:detail", args=[pk])

    @transaction.atomic  # a refused check leaves no new evidence behind
    def act(values):
        return actions.check_claim(
            verification=verification,
            claim=claim,
            by=request.user,
            result=values["result"],
            evidence=values["evidence"] or _new_evidence(request, claim.exemplar, values),
            note=values["note"],
        )

    return form_page(
        request,
        forms.ClaimCheck(
            request.POST or None, request.FILES or None, evidence=_evidence(request, verification)
        ),
        act,
        done="Đã ghi kết quả.",
        heading=f"Xem thành tích: {claim}",
        submit="Ghi kết quả",
        to=f"{url}#cham",
        back=url,
    )


def _new_evidence(request, exemplar, values):
    if not values["file"] and not values["testimony"]:
        return None
    file = take_in(values["file"], by=request.user) if values["file"] else None
    return exemplars.add_evidence(
        exemplar=exemplar,
        by=request.user,
        kind=_kind(file),
        title=file.name if file else "Lời xác nhận tại chỗ",
        file=file,
        testimony=values["testimony"],
    )


def _kind(file):
    if file is None:
        return Evidence.Kind.TESTIMONY
    family = file.content_type.partition("/")[0]
    return {"image": Evidence.Kind.PICTURE, "audio": Evidence.Kind.RECORDING}.get(
        family, Evidence.Kind.PAPER
    )


@login_required
@require_http_methods(["GET", "POST"])
def conclude(request, pk):
    """What the verifier says in the end."""
    verification = _visible(request, pk)
    require(request.user, "appraisal.conclude", verification)
    url = reverse("appraisal:detail", args=[pk])
    return form_page(
        request,
        forms.Conclusion(request.POST or None),
        lambda values: actions.conclude(verification=verification, by=request.user, **values),
        done="Đã kết luận.",
        heading=f"Kết luận: {verification.nomination.exemplar}",
        submit="Kết luận",
        to=url,
        back=url,
    )
