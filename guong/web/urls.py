from django.urls import path

from . import views

app_name = "web"
urlpatterns = [
    path("", views.today, name="today"),
    path("ho-so/<int:pk>/", views.life, name="life"),
    path("tim-nhanh/", views.search, name="search"),
    path("tep/<str:sha256>/", views.file, name="file"),
    path("ho-so/<int:pk>/anh/", views.picture, name="picture"),
    path("system/style/", views.style, name="style"),
]
