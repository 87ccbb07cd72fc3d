"""Two records that may be one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guong.core import lists
from guong.core.forms import form_page, spread
from guong.core.policies import require

from .. import actions, forms
from ..cards import comparison
from ..models import Judgement, Merge, PairSearch, SuspectedPair
from ..policies import CLEARS_UP, judges_what_they_see
from .common import life_url, visible

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
