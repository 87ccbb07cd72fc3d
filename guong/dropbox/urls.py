from django.urls import path, re_path

from . import views

app_name = "dropbox"
urlpatterns = [
    path("tim/", views.look_up, name="look_up"),
    re_path(r"^gui/(?P<form>tra-loi|kiem-tra)/$", views.find_page, name="find_page"),
    path("gui/<slug:form>/", views.receive, name="receive"),
    re_path(r"^dem/(?P<page>[A-Za-z0-9_-]{1,80})\.gif$", views.count, name="count"),
]
handler400 = "guong.dropbox.views.bad_request"
handler404 = "guong.dropbox.views.not_found"
handler500 = "guong.dropbox.views.broken"
