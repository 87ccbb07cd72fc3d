from django.urls import path

from . import views

app_name = "publicity"
urlpatterns = [
    path("", views.stories, name="list"),
    path("untold/", views.untold, name="untold"),
    path("exemplars/<int:pk>/start/", views.start_story, name="start_story"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/send_for_approval/", views.send_for_approval, name="send_for_approval"),
    path("<int:pk>/approve/", views.approve, name="approve"),
    path("<int:pk>/send_back/", views.send_back, name="send_back"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
]
