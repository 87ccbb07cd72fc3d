from django.urls import path

from . import views

app_name = "honours"
urlpatterns = [
    path("", views.rolls, name="list"),
    path("open/", views.open_roll, name="open_roll"),
    path("<int:pk>/", views.roll, name="roll"),
    path("<int:pk>/enter/", views.enter, name="enter"),
    path("entries/<int:pk>/confirm/", views.confirm, name="confirm"),
]
