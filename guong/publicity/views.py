from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guong.core import files, lists
from guong.core.forms import form_page, pressed
from guong.core.languages import LANGUAGES, OTHERS
from guong.core.models import StoredFile
from guong.core.policies import require
from guong.exemplars import shares
from guong.exemplars.models import Exemplar

from . import actions, forms
from . import content as contents
from .furniture import WORDS, said
from .models import Furniture, StoryApproval, StoryPage, StoryRecording
from .uploads import take_in

UNTOLD = [
    ("Tên", 30, "full_name"),
    ("Nơi", 30, lambda row: row.commune or row.unit),
    ("Lĩnh vực", 24, "field"),
    ("Công nhận ngày", 14, "recognised_on"),
]
STORIES = [
    ("Bài", 50, str),
    ("Điển hình", 30, "exemplar"),
    ("Đơn vị", 30, "exemplar.unit"),
    ("Trạng thái", 20, "get_state_display"),
    ("Lên cổng", 14, "released_on"),
]


@login_required
@require_GET
def stories(request):
    """Stories this person may see, narrowed by state."""
    rows = (
        StoryApproval.objects.visible_to(request.user)
        .select_related("exemplar__unit", "page", "sent_by")
        .order_by("-state_since", "-pk")
    )
    state = request.GET.get("state", "")
    if state in StoryApproval.State:
        rows = rows.filter(state=state)
    if made := lists.as_sheet(request, "Bài viết", rows, STORIES):
        return made
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    context = {"page": page, "state": state, "states": StoryApproval.State}
    return render(request, "publicity/list.html", context)


@login_required
@require_GET
def untold(request):
    """Recognised exemplars nobody has written about yet."""
    rows = (
        Exemplar.objects.visible_to(request.user)
        .recognised()
        .exclude(story_approvals__isnull=False)
        .select_related("unit", "commune", "field")
        .prefetch_related("consents")
        .order_by("-recognised_on", "-pk")
    )
    rows, told = shares.narrow(rows, request.GET.get("nhom", ""))
    if made := lists.as_sheet(request, "Được công nhận, chưa có bài", rows, UNTOLD):
        return made
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    return render(request, "publicity/untold.html", {"page": page, "shares": told})


@login_required
@require_POST
def start_story(request, pk):
    """From a recognised exemplar to a draft in the newsroom, facts filled in."""
    exemplar = get_object_or_404(Exemplar.objects.visible_to(request.user), pk=pk)
    try:
        page = actions.start_story(exemplar=exemplar, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("publicity:untold")
    messages.success(request, "Đã tạo bài; các con số đã kiểm chứng được điền sẵn.")
    return redirect("wagtailadmin_pages:edit", page.pk)


@login_required
@require_GET
def detail(request, pk):
    """One story as it waits: the frozen text, what the guard says, who may approve."""
    approval = get_object_or_404(
        StoryApproval.objects.visible_to(request.user).select_related("exemplar", "page"), pk=pk
    )
    if approval.state == StoryApproval.State.CHECKING:
        approval.verdict = contents.look(approval.content)  # as `approve` will see it
    context = {
        "approval": approval,
        "authors": approval.authors.select_related("user"),
        "may_approve": request.user.has_perm("publicity.approve", approval),
        "may_write": request.user.has_function("editor"),
        "form": forms.Approve(),
        "recordings": approval.page.recordings.select_related("file").order_by("pk"),
        "versions": _versions(request.user, approval),
        "lang": approval.page.lang,
        "back_form": forms.Reason(prefix="back"),
        "is_unseen": bool(approval.files) and not approval.exemplar.consents.to_pictures().exists(),
    }
    return render(request, "publicity/detail.html", context)


def _versions(user, approval: StoryApproval) -> list[tuple[str, StoryApproval]]:
    """The newest of each other language version this person may see."""
    family = approval.page.family
    rows = (
        StoryApproval.objects.visible_to(user)
        .filter(Q(page=family) | Q(page__original=family))
        .exclude(page=approval.page_id)
        .select_related("page")
        .order_by("pk")
    )
    return [(LANGUAGES[lang], row) for lang, row in {row.page.lang: row for row in rows}.items()]


@login_required
@require_http_methods(["GET", "POST"])
def start_version(request, pk):
    """The same story in another language."""
    approval = _visible(request, pk)
    require(request.user, "publicity.start_version", approval.page)
    there = approval.page.told_in()
    return form_page(
        request,
        forms.NewVersion(request.POST or None, there=there),
        lambda values: actions.start_version(page=approval.page, by=request.user, **values),
        done="Đã tạo bản tiếng khác; viết xong thì gửi duyệt như mọi bài.",
        heading=f"Viết bằng tiếng khác: {approval}",
        submit="Tạo bản nháp",
        to=lambda page: reverse("wagtailadmin_pages:edit", args=[page.pk]),
        back=reverse("publicity:detail", args=[pk]),
    )


def _visible(request, pk) -> StoryApproval:
    rows = StoryApproval.objects.visible_to(request.user).select_related("page", "exemplar")
    return get_object_or_404(rows, pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def add_recording(request, pk):
    """A sound or a film for the story's next text."""
    approval = _visible(request, pk)
    require(request.user, "publicity.add_recording", approval.page)

    def act(values):
        captions = values.pop("captions")
        taken = take_in(values.pop("file"), by=request.user)
        return actions.add_recording(
            page=approval.page,
            taken=taken,
            by=request.user,
            captions=captions.read() if captions else b"",
            **values,
        )

    url = reverse("publicity:detail", args=[pk])
    return form_page(
        request,
        forms.NewRecording(request.POST or None, request.FILES or None),
        act,
        done="Đã thêm. Bản ghi lên cổng cùng lần duyệt tới của bài.",
        heading=f"Thêm âm thanh, phim: {approval}",
        submit="Thêm vào bài",
        to=url,
        back=url,
    )


@login_required
@require_POST
def remove_recording(request, pk):
    """Without this recording from the next approval on."""
    recording = get_object_or_404(StoryRecording.objects.visible_to(request.user), pk=pk)
    page = actions.remove_recording(recording=recording, by=request.user)
    messages.success(request, "Đã bỏ bản ghi khỏi bài.")
    return redirect("publicity:detail", page.approvals.order_by("-pk").first().pk)


@login_required
@require_GET
def story_file(request, pk, sha256):
    """A picture, sound or film of a story, shown in the page: of its frozen text or of its draft."""
    approval = _visible(request, pk)
    is_frozen = sha256 in approval.files.values()
    if not is_frozen and not approval.page.recordings.filter(file__sha256=sha256).exists():
        raise Http404(sha256)
    stored = get_object_or_404(StoredFile, sha256=sha256)
    if not files.place(sha256).exists():
        raise Http404(sha256)
    response = FileResponse(files.place(sha256).open("rb"), content_type=stored.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_GET
def furniture(request):
    """Which languages have words of their own for the page around a story."""
    rows = {}
    for row in (
        Furniture.objects.visible_to(request.user)
        .select_related("entered_by", "confirmed_by")
        .order_by("confirmed_at", "pk")
    ):
        rows[row.lang, "in_use" if row.confirmed_by_id else "waiting"] = row
    may_confirm = {
        row.pk
        for row in rows.values()
        if not row.confirmed_by_id and request.user.has_perm("publicity.confirm_furniture", row)
    }
    context = {
        "languages": [
            (lang, name, rows.get((lang, "in_use")), waiting, said(waiting))
            for lang, name in OTHERS.items()
            for waiting in [rows.get((lang, "waiting"))]
        ],
        "all_words": len(WORDS),
        "may_enter": request.user.has_perm("publicity.enter_furniture"),
        "may_confirm": may_confirm,
    }
    return render(request, "publicity/furniture.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def enter_furniture(request, lang):
    """The words a named speaker has approved, in one language."""
    if lang not in OTHERS:
        raise Http404(lang)
    require(request.user, "publicity.enter_furniture")
    last = Furniture.objects.visible_to(request.user).filter(lang=lang).order_by("-pk").first()
    known = {"speaker": last.speaker, **last.words} if last else {}

    def act(values):
        speaker = values.pop("speaker")
        return actions.enter_furniture(lang=lang, words=values, speaker=speaker, by=request.user)

    url = reverse("publicity:furniture")
    return form_page(
        request,
        forms.Furniture(request.POST or None, initial=known),
        act,
        done="Đã ghi. Người thứ hai xác nhận thì trang mới dùng.",
        heading=f"Chữ khung trang: {OTHERS[lang]}",
        submit="Ghi lại",
        to=url,
        back=url,
    )


@login_required
@require_POST
def confirm_furniture(request, pk):
    """A second person has seen who approved the words."""
    row = get_object_or_404(Furniture.objects.visible_to(request.user), pk=pk)
    pressed(
        request,
        lambda: actions.confirm_furniture(furniture=row, by=request.user),
        "Đã xác nhận. Bản phát hành tới dùng những chữ này.",
    )
    return redirect("publicity:furniture")


@login_required
@require_POST
def send_for_approval(request, pk):
    """The draft as it stands now, to a second person."""
    approval = get_object_or_404(StoryApproval.objects.visible_to(request.user), pk=pk)
    page = get_object_or_404(StoryPage, pk=approval.page_id)
    try:
        approval = actions.send_for_approval(page=page, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, "Đã gửi. Một người khác sẽ duyệt.")
    return redirect("publicity:detail", approval.pk)


@login_required
@require_POST
def approve(request, pk):
    """Yes to this very text."""
    approval = get_object_or_404(StoryApproval.objects.visible_to(request.user), pk=pk)
    form = forms.Approve(request.POST)
    form.is_valid()
    pressed(
        request,
        lambda: actions.approve(approval=approval, by=request.user, **form.cleaned_data),
        "Đã duyệt. Bài sẽ lên cổng ở bản phát hành tới.",
    )
    return redirect("publicity:detail", pk)


@login_required
@require_http_methods(["GET", "POST"])
def send_back(request, pk):
    """Back to the writer, with what to mend."""
    return _with_reason(
        request, pk, "send_back", actions.send_back, "Trả bài để sửa", "Đã trả bài."
    )


@login_required
@require_http_methods(["GET", "POST"])
def withdraw(request, pk):
    """Off the portal."""
    return _with_reason(
        request,
        pk,
        "withdraw",
        actions.withdraw,
        "Gỡ bài",
        "Đã gỡ. Bản phát hành tới không còn bài này.",
    )


def _with_reason(request, pk, verb, action, heading, done):
    approval = get_object_or_404(StoryApproval.objects.visible_to(request.user), pk=pk)
    require(request.user, f"publicity.{verb}", approval)
    url = reverse("publicity:detail", args=[pk])
    return form_page(
        request,
        forms.Reason(request.POST or None),
        lambda values: action(approval=approval, by=request.user, **values),
        done=done,
        heading=f"{heading}: {approval}",
        submit=heading,
        to=url,
        back=url,
    )
