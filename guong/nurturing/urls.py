from django.urls import path

from . import views

app_name = "nurturing"
urlpatterns = [
    path("", views.visits, name="list"),
    path("exemplars/<int:pk>/record/", views.record_visit, name="record_visit"),
]
