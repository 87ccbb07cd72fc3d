from django.urls import path

from . import views

app_name = "direction"
urlpatterns = [
    path("", views.directives, name="list"),
    path("register/", views.register, name="register"),
    path("<int:pk>/", views.detail, name="detail"),
    path("assignments/<int:pk>/acknowledge/", views.acknowledge, name="acknowledge"),
]
