from django.urls import path

from . import views

app_name = "direction"
urlpatterns = [
    path("", views.directives, name="list"),
    path("register/", views.register, name="register"),
    path("<int:pk>/", views.detail, name="detail"),
    path("movements/", views.movements, name="movements"),
    path("movements/enter/", views.enter_movement, name="enter_movement"),
    path("movements/<int:pk>/", views.movement, name="movement"),
    path("movements/<int:pk>/confirm/", views.confirm_movement, name="confirm_movement"),
    path("assignments/<int:pk>/acknowledge/", views.acknowledge, name="acknowledge"),
]
