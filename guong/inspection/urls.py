from django.urls import path

from . import views

app_name = "inspection"
urlpatterns = [
    path("", views.inspections, name="list"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/answer/", views.answer, name="answer"),
    path("<int:pk>/findings/record/", views.record_finding, name="record_finding"),
    path("<int:pk>/close/", views.close, name="close"),
]
