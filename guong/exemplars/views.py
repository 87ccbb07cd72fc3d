from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import F
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guong.core import lists
from guong.core.forms import form_page, spread
from guong.core.policies import require
from guong.direction.models import Movement
from guong.guard.superlatives import superlatives

from . import actions, forms, papers, shares
from .cards import comparison
from .models import (
    Claim,
    Consent,
    Distinction,
    EthnicGroup,
    Exemplar,
    Hold,
    Judgement,
    Merge,
    MovementEntry,
    PairSearch,
    SuspectedPair,
)
from .policies import CLEARS_UP, is_leader, is_secretariat, judges_what_they_see
from .uploads import take_in, take_in_picture

ENTRIES = [
    ("Mã", 16, "exemplar.code"),
    ("Điển hình", 30, "exemplar"),
    ("Đơn vị", 30, "exemplar.unit"),
    ("Phong trào", 40, "movement"),
    ("Người ghi", 24, "entered_by"),
    ("Người xác nhận", 24, "confirmed_by"),
]
PEOPLES = [
    ("Tên dân tộc", 24, "name"),
    ("Cách viết khác", 40, "other_spellings"),
    ("Theo", 60, "source"),
    ("Người xác minh", 24, "verified_by"),
    ("Ngày xác minh", 14, "verified_on"),
    ("Đang dùng", 12, "is_switched_on"),
    ("Dùng đến ngày", 14, "valid_to"),
]
PAIR = [
    ("Mã", 16, "code"),
    ("Tên", 30, "full_name"),
    ("Đơn vị", 30, "unit"),
    ("Xã, phường", 24, "commune"),
    ("Năm sinh", 10, "birth_year"),
]
# Why, not how much: no score of a person leaves the house.
PAIRS = [
    *((f"{heading} (1)", width, f"first.{name}") for heading, width, name in PAIR),
    *((f"{heading} (2)", width, f"second.{name}") for heading, width, name in PAIR),
    ("Nghi trùng vì", 50, "why"),
]
# The boxes that ask for advice.
ADVISED = ("statement", "summary", "words", "did", "results", "worth")
LONGEST = 4000
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def visible(request, pk) -> Exemplar:
    return get_object_or_404(Exemplar.objects.visible_to(request.user), pk=pk)


def life_url(pk) -> str:
    return reverse("web:life", args=[pk])


def narrowed(request, form):
    rows = Exemplar.objects.visible_to(request.user).select_related("unit", "commune", "field")
    return form.narrow(rows).order_by("-introduced_on", "-pk")


@login_required
@require_GET
def exemplars(request):
    """The life records this person may open, narrowed by words, place, field, kind and state."""
    form = forms.Narrowing(request.GET)
    rows, told = shares.narrow(narrowed(request, form), request.GET.get("nhom", ""))
    if made := lists.as_sheet(request, "Danh sách điển hình", rows, papers.COLUMNS):
        return made
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "form": form,
        "shares": told,
        "is_narrowed": any(form.cleaned_data.values()),
        "may_nominate": {"introducer", "unit_head"} & set(request.user.functions()),
        "may_clear_up": CLEARS_UP & set(request.user.functions()),
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
@require_POST
def advise(request):
    """Which words of what is being typed want a figure; keeps nothing, stops nobody."""
    written = next((request.POST[name] for name in ADVISED if name in request.POST), "")
    context = {
        "advice": superlatives(written[:LONGEST], has_figure=bool(request.POST.get("after")))
    }
    return render(request, "exemplars/_advice.html", context)


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


@login_required
@require_http_methods(["GET", "POST"])
def set_picture(request, pk):
    """A face, or a landscape."""
    exemplar = visible(request, pk)
    require(request.user, "exemplars.set_picture", exemplar)

    def act(values):
        file = take_in_picture(values["file"], by=request.user)
        return actions.set_picture(exemplar=exemplar, by=request.user, file=file)

    return form_page(
        request,
        forms.NewPicture(request.POST or None, request.FILES or None),
        act,
        done="Đã đặt ảnh.",
        heading=f"Đặt ảnh: {exemplar}",
        submit="Đặt ảnh",
        to=life_url(pk),
        back=life_url(pk),
        intro="Ảnh chỉ hiện trong hồ sơ. Muốn lên cổng phải có sự đồng ý «đăng ảnh».",
    )


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


# --- Movements -----------------------------------------------------------------
@login_required
@require_GET
def movement_entries(request):
    """Which exemplar came of which movement; `movement` narrows, `state=waiting` wants a second."""
    rows = MovementEntry.objects.visible_to(request.user)
    asked, found = request.GET.get("movement", ""), None
    if asked.isdecimal():
        found = get_object_or_404(Movement.objects.visible_to(request.user), pk=asked)
        rows = rows.filter(movement=found)
    if request.GET.get("state") == "waiting":
        rows = rows.waiting()
    rows = rows.select_related("exemplar__unit", "movement", "entered_by", "confirmed_by")
    rows, told = shares.narrow(rows.order_by("-pk"), request.GET.get("nhom", ""), "exemplar__")
    if made := lists.as_sheet(request, "Gương của phong trào", rows, ENTRIES):
        return made
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "movement": found,
        "shares": told,
        "may_confirm": is_secretariat(request.user) or is_leader(request.user),
    }
    return render(request, "exemplars/movement_entries.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def enter_movement(request, pk):
    """Say of which movement an exemplar came."""
    exemplar = visible(request, pk)
    require(request.user, "exemplars.enter_movement", exemplar)
    url = life_url(pk)
    movements = Movement.objects.public().exclude(entries__exemplar=exemplar)
    return form_page(
        request,
        forms.OfMovement(request.POST or None, movements=movements.order_by("-starts_on", "-pk")),
        lambda values: actions.enter_movement(exemplar=exemplar, by=request.user, **values),
        done="Đã gắn; chờ người thứ hai xác nhận.",
        heading=f"Gắn với phong trào: {exemplar}",
        submit="Gắn với phong trào",
        to=url,
        back=url,
    )


@login_required
@require_http_methods(["GET", "POST"])
def describe(request, pk):
    """What is known of the exemplar now."""
    exemplar = visible(request, pk)
    require(request.user, "exemplars.describe", exemplar)
    return form_page(
        request,
        forms.Description(request.POST or None, instance=visible(request, pk)),
        lambda values: actions.describe(exemplar=exemplar, by=request.user, **values),
        done="Đã ghi lời mô tả.",
        heading=f"Sửa lời mô tả: {exemplar}",
        submit="Ghi",
        to=life_url(pk),
        back=life_url(pk),
        intro="Chức vụ, giới tính, địa bàn chỉ dùng để đếm: không danh sách, tệp xuất nào nêu ai là gì.",
    )


@login_required
@require_GET
def compare(request, pk, other):
    """Two records side by side, and what can be said of them."""
    return _comparison(request, pk, other)


def _comparison(request, pk, other, form=None, status=200):
    ours, theirs = visible(request, pk), visible(request, other)
    require(request.user, "exemplars.judge", ours)
    require(request.user, "exemplars.judge", theirs)
    may_merge = all(request.user.has_perm("exemplars.merge", one) for one in (ours, theirs))
    context = {
        "ours": ours,
        "theirs": theirs,
        "found": comparison(ours, theirs, request.user),
        "form": form or forms.Why(),
        "may_merge": may_merge,
    }
    return render(request, "exemplars/compare.html", context, status=status)


def _decide(request, pk, other, act, done):
    """Ask for the reason, do it, go to the record; a refusal stands beside the two."""
    ours, theirs = visible(request, pk), visible(request, other)
    form = forms.Why(request.POST)
    if form.is_valid():
        try:
            act(ours, theirs, form.cleaned_data["reason"])
        except ValidationError as refusal:
            spread(form, refusal)
        else:
            messages.success(request, done)
            # Whoever works through the list goes on there.
            return redirect("exemplars:suspected" if "of-list" in request.POST else life_url(pk))
    return _comparison(request, pk, other, form)


SAME_WHAT = {"of_one_person": "Có thể là một người", "of_one_deed": "Cùng việc, khác tên"}


@login_required
@require_GET
def suspected(request):
    """The pairs nobody has decided, the likeliest first; only those of which both may be opened."""
    if not CLEARS_UP & set(request.user.functions()):
        raise PermissionDenied("exemplars.suspected")
    rows, what = SuspectedPair.objects.visible_to(request.user).undecided(), request.GET.get("what")
    if what in SAME_WHAT:
        rows = getattr(rows, what)()
    rows = rows.select_related(
        "first__unit", "first__commune", "second__unit", "second__commune"
    ).order_by("-weight", "pk")
    if made := lists.as_sheet(request, "Nghi trùng", rows, PAIRS):
        return made
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    for pair in page:
        both = (pair.first, pair.second)
        pair.may_judge = all(judges_what_they_see(request.user, one) for one in both)
    search = PairSearch.objects.first()
    context = {
        "page": page,
        "finished_at": search and search.finished_at,
        "what": what,
        "choices": SAME_WHAT,
    }
    return render(request, "exemplars/suspected.html", context)


@login_required
@require_POST
def judge(request, pk, other):
    """They are different, or the same; nobody is asked again."""

    def act(ours, theirs, reason):
        is_same = request.POST.get("verdict") == Judgement.Verdict.SAME
        verdict = Judgement.Verdict.SAME if is_same else Judgement.Verdict.DIFFERENT
        actions.judge(exemplar=ours, other=theirs, by=request.user, verdict=verdict, reason=reason)

    for one in (pk, other):
        require(request.user, "exemplars.judge", visible(request, one))
    return _decide(request, pk, other, act, "Đã ghi. Cặp này không được hỏi lại.")


@login_required
@require_POST
def confirm_movement(request, pk):
    """The second person."""
    entry = get_object_or_404(MovementEntry.objects.visible_to(request.user), pk=pk)
    try:
        actions.confirm_movement(entry=entry, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, "Đã xác nhận.")
    return redirect(f"{reverse('exemplars:movement_entries')}?movement={entry.movement_id}")


@login_required
@require_POST
def merge(request, pk, other):
    """The other record is taken up into this one."""

    def act(ours, theirs, reason):
        actions.merge(kept=ours, merged=theirs, by=request.user, reason=reason)

    for one in (pk, other):
        require(request.user, "exemplars.merge", visible(request, one))
    return _decide(request, pk, other, act, "Đã gộp. Gộp nhầm thì tách lại được ở trang này.")


@login_required
@require_http_methods(["GET", "POST"])
def undo_merge(request, pk):
    """The two are two again."""
    found = get_object_or_404(
        Merge.objects.visible_to(request.user).standing().select_related("kept", "merged"), pk=pk
    )
    require(request.user, "exemplars.undo_merge", found)
    return form_page(
        request,
        forms.Why(request.POST or None),
        lambda values: actions.undo_merge(merge=found, by=request.user, **values),
        done="Đã tách lại thành hai hồ sơ.",
        heading=f"Tách lại: {found.merged} khỏi {found.kept}",
        submit="Tách lại",
        to=life_url(found.kept_id),
        back=life_url(found.kept_id),
        intro="Những gì thuộc hồ sơ kia trở về hồ sơ kia; điều thêm sau khi gộp ở lại hồ sơ được giữ.",
    )


# --- Peoples -------------------------------------------------------------------
@login_required
@require_GET
def ethnic_groups(request):
    """How each people is written, where it stands so, whether somebody verified it."""
    rows = EthnicGroup.objects.visible_to(request.user)
    rows = rows.order_by(F("valid_to").asc(nulls_first=True), "name", "pk")
    if made := lists.as_sheet(request, "Danh mục dân tộc", rows, PEOPLES):
        return made
    page = Paginator(rows, 60).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "may_keep": request.user.has_perm("exemplars.add_ethnic_group"),
        "may_verify": {
            row.pk for row in page if request.user.has_perm("exemplars.verify_ethnic_group", row)
        },
    }
    return render(request, "exemplars/ethnic_groups.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def add_ethnic_group(request):
    """One more people."""
    require(request.user, "exemplars.add_ethnic_group")
    return form_page(
        request,
        forms.PeopleName(request.POST or None),
        lambda values: actions.add_ethnic_group(by=request.user, **values),
        done="Đã thêm; tên này chưa xác minh.",
        heading="Thêm tên dân tộc",
        submit="Thêm tên",
        to=reverse("exemplars:ethnic_groups"),
        back=reverse("exemplars:ethnic_groups"),
    )


@login_required
@require_http_methods(["GET", "POST"])
def rename_ethnic_group(request, pk):
    """Another spelling."""
    group = _people(request, pk)
    require(request.user, "exemplars.rename_ethnic_group", group)
    initial = {
        "name": group.name,
        "aliases": group.other_spellings,
        "source": group.source,
    }
    return form_page(
        request,
        forms.PeopleName(request.POST or None, initial=initial),
        lambda values: actions.rename_ethnic_group(group=group, by=request.user, **values),
        done="Đã sửa; tên này chờ người khác xác minh.",
        heading=f"Sửa tên: {group}",
        submit="Ghi",
        to=f"{reverse('exemplars:ethnic_groups')}#dan-toc-{pk}",
        back=reverse("exemplars:ethnic_groups"),
        intro="Hồ sơ đã ghi tên cũ không phải sửa: vẫn được đếm vào tên mới.",
    )


@login_required
@require_POST
def verify_ethnic_group(request, pk):
    """A second person has looked."""
    return _change_people(request, pk, actions.verify_ethnic_group, "Đã xác minh tên dân tộc.")


@login_required
@require_POST
def switch_ethnic_group(request, pk):
    """On or off."""
    on = request.POST.get("on") == "1"

    def switch(*, group, by):
        return actions.switch_ethnic_group(group=group, by=by, on=on)

    return _change_people(request, pk, switch, "Đã bật." if on else "Đã tắt; hồ sơ cũ giữ nguyên.")


def _people(request, pk) -> EthnicGroup:
    return get_object_or_404(EthnicGroup.objects.visible_to(request.user), pk=pk)


def _change_people(request, pk, action, done):
    try:
        action(group=_people(request, pk), by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, done)
    return redirect(f"{reverse('exemplars:ethnic_groups')}#dan-toc-{pk}")
