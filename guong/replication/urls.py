from django.urls import path

from . import views

app_name = "replication"
urlpatterns = [
    path("", views.adoptions, name="list"),
    path("lineage/", views.lineage, name="lineage"),
    path("library/", views.library, name="library"),
    path("exemplars/<int:pk>/register/", views.register, name="register"),
    path("<int:pk>/confirm/", views.confirm, name="confirm"),
    path("<int:pk>/report_progress/", views.report_progress, name="report_progress"),
]
