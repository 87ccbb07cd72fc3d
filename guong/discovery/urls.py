from django.urls import path

from . import views

app_name = "discovery"
urlpatterns = [
    path("", views.leads, name="list"),
    path("receive/", views.receive, name="receive"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/take_up/", views.take_up, name="take_up"),
    path("<int:pk>/decline/", views.decline, name="decline"),
    path("<int:pk>/let_pass/", views.let_pass, name="let_pass"),
    path("<int:pk>/answer/", views.answer, name="answer"),
    path("answers/", views.answers, name="answers"),
    path("answers/<int:pk>/confirm/", views.confirm_answer, name="confirm_answer"),
    path("letters/", views.letters, name="letters"),
    path("letters/<int:pk>/", views.letter, name="letter"),
    path("letters/<int:pk>/answer/", views.answer_letter, name="answer_letter"),
    path("letters/<int:pk>/pass_on/", views.pass_on_letter, name="pass_on_letter"),
    path("letters/<int:pk>/set_aside/", views.set_aside_letter, name="set_aside_letter"),
    path("letters/<int:pk>/choose/", views.choose_comment, name="choose_comment"),
    path("letters/<int:pk>/publish/", views.publish_comment, name="publish_comment"),
]
