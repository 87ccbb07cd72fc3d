from django.urls import path

from . import views

app_name = "publicity"
urlpatterns = [
    path("", views.stories, name="list"),
    path("untold/", views.untold, name="untold"),
    path("exemplars/<int:pk>/start/", views.start_story, name="start_story"),
    path("furniture/", views.furniture, name="furniture"),
    path("furniture/<slug:lang>/", views.enter_furniture, name="enter_furniture"),
    path("furniture/<int:pk>/confirm/", views.confirm_furniture, name="confirm_furniture"),
    path("recordings/<int:pk>/remove/", views.remove_recording, name="remove_recording"),
    path("<int:pk>/start_version/", views.start_version, name="start_version"),
    path("<int:pk>/add_recording/", views.add_recording, name="add_recording"),
    path("<int:pk>/files/<str:sha256>/", views.story_file, name="story_file"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/send_for_approval/", views.send_for_approval, name="send_for_approval"),
    path("<int:pk>/approve/", views.approve, name="approve"),
    path("<int:pk>/send_back/", views.send_back, name="send_back"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
]
