from django.urls import path

from . import views

app_name = "portal"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("confirm_package/", views.confirm_package, name="confirm_package"),
    path("publish/", views.publish, name="publish"),
    path("changes/<slug:group>/", views.changes, name="changes"),
    path("difference/", views.difference, name="difference"),
    path("rescan/", views.rescan, name="rescan"),
    path("findings/<int:pk>/let_pass/", views.let_pass, name="let_pass"),
    path("take_downs/", views.take_downs, name="take_downs"),
    path("take_downs/<int:pk>/confirm/", views.confirm_take_down, name="confirm_take_down"),
    path("take_downs/<int:pk>/object/", views.object_to_take_down, name="object_to_take_down"),
    path("stories/<int:pk>/take_down/", views.take_down, name="take_down"),
    path("stories/<int:pk>/preview/", views.preview, name="preview"),
    path("stories/<int:pk>/picture/", views.preview_picture, name="preview_picture"),
]
