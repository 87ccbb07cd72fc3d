from django.urls import path

from . import views

app_name = "nomination"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("new/", views.new, name="new"),
    path("new/alike/", views.alike, name="alike"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/submit/", views.submit, name="submit"),
    path("<int:pk>/accept/", views.accept, name="accept"),
    path("<int:pk>/return/", views.return_, name="return"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:pk>/choose-set/", views.choose_set, name="choose_set"),
    path("<int:pk>/criteria/<int:criterion_pk>/answer/", views.answer, name="answer"),
    path("<int:pk>/rules/<int:rule_pk>/override/", views.override_rule, name="override_rule"),
    path("overrides/", views.overrides, name="overrides"),
]
