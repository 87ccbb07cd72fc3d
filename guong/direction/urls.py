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
    path("criteria/", views.criteria, name="criteria"),
    path("criteria/draft/", views.draft_set, name="draft_set"),
    path("criteria/<int:pk>/", views.criteria_set, name="criteria_set"),
    path("criteria/<int:pk>/export.xlsx", views.export_set, name="export_set"),
    path("criteria/<int:pk>/revise/", views.revise_set, name="revise_set"),
    path("criteria/<int:pk>/clone/", views.clone_set, name="clone_set"),
    path("criteria/<int:pk>/renew/", views.renew_set, name="renew_set"),
    path("criteria/<int:pk>/put-in-force/", views.put_in_force, name="put_in_force"),
    path("criteria/<int:pk>/retire/", views.retire_set, name="retire_set"),
    path("criteria/<int:pk>/verify/", views.verify_set, name="verify_set"),
    path("rules/", views.rules, name="rules"),
    path("rules/add/", views.add_rule, name="add_rule"),
    path("rules/<int:pk>/verify/", views.verify_rule, name="verify_rule"),
    path("rules/<int:pk>/switch/", views.switch_rule, name="switch_rule"),
]
