from django.urls import path

from . import views

app_name = "discovery"
urlpatterns = [
    path("", views.leads, name="list"),
    path("receive/", views.receive, name="receive"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/take_up/", views.take_up, name="take_up"),
    path("<int:pk>/decline/", views.decline, name="decline"),
    path("<int:pk>/let_pass/", views.let_pass, name="let_pass"),
]
