from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guong.core import calendar, lists
from guong.core.forms import form_page, pressed
from guong.core.policies import require
from guong.core.vietnamese import fold

from . import actions, forms
from .models import IntroducingRight, Mandate, Unit, User
from .selectors import account_named

BACKEND = "guong.units.backends.AccountBackend"
ACCOUNTS = [
    ("Người", 30, "full_name"),
    ("Tài khoản", 20, "username"),
    ("Đơn vị", 30, "unit"),
    ("Đang dùng", 12, "is_active"),
]
UNITS = [
    ("Mã", 14, "code"),
    ("Đơn vị", 40, "name"),
    ("Loại", 20, "get_kind_display"),
    ("Từ ngày", 14, "valid_from"),
    ("Đã xác minh", 14, "is_verified"),
]

RIGHTS = [
    ("Mã", 14, "code"),
    ("Đơn vị", 40, "name"),
    ("Loại", 24, "get_kind_display"),
    ("Có quyền", 12, lambda row: bool(row.rights_today)),
    ("Căn cứ", 50, lambda row: "; ".join(right.basis for right in row.rights_today)),
    ("Đến ngày", 14, lambda row: row.rights_today[0].valid_to if row.rights_today else None),
]


def closed(request, *args, **kwargs):
    """Addresses a library asks for by name and this office does not have."""
    raise Http404(request.path)


def administrators_only(request):
    if not request.user.has_function("administrator"):
        raise PermissionDenied("units.accounts")


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def join(request):
    """The printed slip: account, one-time code, first password; then straight into the work."""
    form = forms.Join(request.POST or None)
    if request.method == "POST" and form.is_valid():
        account = account_named(form.cleaned_data["username"])
        try:
            if account is None:
                raise ValidationError(
                    {
                        "code": "Tên tài khoản hoặc mã trên phiếu không đúng, hoặc "
                        "mã đã hết hạn. Xin phiếu mới của quản trị."
                    }
                )
            account = actions.accept_invitation(
                account=account,
                code=form.cleaned_data["code"],
                password=form.cleaned_data["password"],
                by=account,
            )
        except ValidationError as refusal:
            form.add_error(None if not hasattr(refusal, "error_dict") else "code", refusal.messages)
        else:
            login(request, account, backend=BACKEND)
            messages.success(request, "Đã đặt mật khẩu. Chào mừng bạn vào làm việc.")
            return redirect("web:today")
    return render(request, "units/join.html", {"form": form}, status=200)


@login_required
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def me(request):
    """The own account: functions, new password, leaving every machine."""
    form = forms.NewPassword(request.POST or None, account=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            account = actions.change_password(
                account=request.user, password=form.cleaned_data["password"], by=request.user
            )
        except ValidationError as refusal:
            form.add_error("password", refusal.messages)
        else:
            login(request, account, backend=BACKEND)
            messages.success(request, "Đã đổi mật khẩu.")
            return redirect("units:me")
    return render(request, "units/me.html", {"form": form})


@login_required
@require_POST
def log_out_everywhere(request):
    """Every session of the own account ends, this one too."""
    actions.log_out_everywhere(account=request.user, by=request.user)
    return redirect("account_login")


@login_required
@require_GET
def accounts(request):
    """All accounts, found by name, account or unit."""
    administrators_only(request)
    asked = request.GET.get("tim", "")
    rows = User.objects.visible_to(request.user).select_related("unit").order_by("username")
    if asked:
        words = fold(asked)
        rows = (
            rows.filter(unit__search_key__contains=words)
            | rows.filter(username__contains=words)
            | rows.filter(full_name__icontains=asked)
        )
    rows = rows.prefetch_related("mandates")
    if made := lists.as_sheet(request, "Tài khoản", rows, ACCOUNTS):
        return made
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    return render(request, "units/accounts.html", {"page": page, "asked": asked})


@login_required
@require_http_methods(["GET", "POST"])
def open_account(request):
    """A new account with its first function; ends on the slip to print."""
    administrators_only(request)
    form = forms.NewAccount(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        function = wanted.pop("function")
        try:
            account = actions.open_account(by=request.user, **wanted)
        except ValidationError as refusal:
            form.add_error("username", refusal.messages)
        else:
            actions.grant(account=account, function=function, unit=wanted["unit"], by=request.user)
            return _slip(request, account)
    return render(request, "units/open_account.html", {"form": form})


def _slip(request, account):
    """The code is shown once, on the page to print; it is stored only as a hash."""
    code = actions.invite(account=account, by=request.user)
    context = {"account": account, "slip_code": code, "days": actions.INVITATION_DAYS}
    response = render(request, "units/slip.html", context)
    response["Cache-Control"] = "no-store"
    return response


@login_required
@require_GET
def account(request, pk):
    """One account: functions, end, slip."""
    administrators_only(request)
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    context = {
        "person": person,
        "mandates": person.mandates.select_related("unit").order_by("-starts_on", "pk"),
        "form": forms.Grant(),
    }
    return render(request, "units/account.html", context)


@login_required
@require_POST
def invite(request, pk):
    """A new slip: the old password and every session end."""
    administrators_only(request)
    return _slip(request, get_object_or_404(User.objects.visible_to(request.user), pk=pk))


@login_required
@require_POST
def grant(request, pk):
    administrators_only(request)
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    form = forms.Grant(request.POST)
    if form.is_valid():
        actions.grant(account=person, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã giao chức năng.")
    else:
        messages.error(request, "Chọn chức năng và đơn vị.")
    return redirect("units:account", pk)


@login_required
@require_POST
def end_mandate(request, pk):
    administrators_only(request)
    mandate = get_object_or_404(Mandate, pk=pk)
    return _answer(
        request, mandate.user_id, "Đã thôi giao chức năng.", actions.end_mandate, mandate=mandate
    )


@login_required
@require_POST
def end_account(request, pk):
    administrators_only(request)
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    return _answer(request, pk, "Đã đóng tài khoản.", actions.end_account, account=person)


def _answer(request, pk, done, action, **what):
    pressed(request, lambda: action(by=request.user, **what), done)
    return redirect("units:account", pk)


@login_required
@require_GET
def tree(request):
    """Every unit, its dates, what it came from, and that nobody has verified it yet."""
    asked = request.GET.get("tim", "")
    rows = Unit.objects.visible_to(request.user)
    if asked:
        rows = rows.filter(search_key__contains=fold(asked))
    if made := lists.as_sheet(request, "Đơn vị", rows, UNITS):
        return made
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    return render(
        request,
        "units/tree.html",
        {
            "page": page,
            "asked": asked,
            "may_grant": request.user.has_perm("units.grant_introducing"),
        },
    )


# --- Who may introduce ---------------------------------------------------------
@login_required
@require_GET
def introducing(request):
    """Every standing unit with its right to introduce; `state` narrows to those with or without."""
    require(request.user, "units.grant_introducing")
    asked, state = request.GET.get("tim", ""), request.GET.get("state", "")
    valid = IntroducingRight.objects.visible_to(request.user).valid(calendar.today())
    rows = Unit.objects.visible_to(request.user).standing()
    if asked:
        rows = rows.filter(search_key__contains=fold(asked))
    if state in ("with", "without"):
        holding = rows.filter(introducing_rights__in=valid).values("pk")
        rows = rows.filter(pk__in=holding) if state == "with" else rows.exclude(pk__in=holding)
    rows = rows.prefetch_related(
        Prefetch("introducing_rights", queryset=valid.order_by("pk"), to_attr="rights_today")
    )
    if made := lists.as_sheet(request, "Quyền giới thiệu", rows, RIGHTS):
        return made
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    context = {"page": page, "asked": asked, "state": state}
    return render(request, "units/introducing.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def grant_introducing(request, pk):
    """One unit gets the right."""
    require(request.user, "units.grant_introducing")
    unit = get_object_or_404(Unit.objects.visible_to(request.user).standing(), pk=pk)
    back = reverse("units:introducing")
    return form_page(
        request,
        forms.Introducing(request.POST or None),
        lambda values: actions.grant_introducing(unit=unit, by=request.user, **values),
        done=f"Đã giao quyền giới thiệu cho {unit}.",
        heading=f"Giao quyền giới thiệu: {unit}",
        submit="Giao quyền",
        to=back,
        back=back,
    )


@login_required
@require_POST
def end_introducing(request, pk):
    """The right ends; what was introduced by it stays."""
    require(request.user, "units.end_introducing")
    right = get_object_or_404(IntroducingRight.objects.visible_to(request.user), pk=pk)
    pressed(
        request,
        lambda: actions.end_introducing(right=right, by=request.user),
        f"{right.unit} thôi quyền giới thiệu; hồ sơ đã có vẫn giữ.",
    )
    return redirect("units:introducing")
