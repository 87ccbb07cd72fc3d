from django.urls import path, re_path

from . import views

app_name = "reporting"
urlpatterns = [
    path("", views.report, name="report"),
    path("radar/", views.radar, name="radar"),
    path("radar/population/<str:dimension>/", views.record_population, name="record_population"),
    path("radar/<str:dimension>/<str:key>/", views.radar_rows, name="radar_rows"),
    path("figures/<str:code>/", views.rows, name="rows"),
    path("units/<int:pk>/open/", views.open_report, name="open_report"),
    path("units/<int:pk>/prefill/", views.prefill, name="prefill"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/submit/", views.submit, name="submit"),
    path("<int:pk>/accept/", views.accept, name="accept"),
    path("<int:pk>/return/", views.return_, name="return"),
    re_path(r"^(?P<pk>\d+)/paper\.(?P<kind>docx|xlsx)$", views.paper, name="paper"),
]
