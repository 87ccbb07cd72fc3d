"""Error pages that say what to do and keep what was typed."""

from guong.core.faults import page


def bad_request(request, exception=None):
    return page(request, 400)


def refused(request, exception=None):
    return page(request, 403)


def not_found(request, exception=None):
    return page(request, 404)


def server_error(request):
    return page(request, 500)


def csrf_failure(request, reason=""):
    return page(request, 403, "Trang đã mở quá lâu hoặc cookie bị chặn. Tải lại trang rồi gửi lại.")
