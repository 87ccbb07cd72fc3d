from django.urls import path

from .views import leads, press, routes

app_name = "discovery"
urlpatterns = [
    path("", leads.leads, name="list"),
    path("receive/", leads.receive, name="receive"),
    path("<int:pk>/", leads.detail, name="detail"),
    path("<int:pk>/take_up/", leads.take_up, name="take_up"),
    path("<int:pk>/decline/", leads.decline, name="decline"),
    path("<int:pk>/let_pass/", leads.let_pass, name="let_pass"),
    path("<int:pk>/hand_over/", leads.hand_over, name="hand_over"),
    path("<int:pk>/slip/", leads.slip, name="slip"),
    path("<int:pk>/answer/", leads.answer, name="answer"),
    path("answers/", leads.answers, name="answers"),
    path("answers/<int:pk>/confirm/", leads.confirm_answer, name="confirm_answer"),
    path("letters/", leads.letters, name="letters"),
    path("letters/<int:pk>/", leads.letter, name="letter"),
    path("letters/<int:pk>/answer/", leads.answer_letter, name="answer_letter"),
    path("letters/<int:pk>/pass_on/", leads.pass_on_letter, name="pass_on_letter"),
    path("letters/<int:pk>/set_aside/", leads.set_aside_letter, name="set_aside_letter"),
    path("letters/<int:pk>/choose/", leads.choose_comment, name="choose_comment"),
    path("letters/<int:pk>/publish/", leads.publish_comment, name="publish_comment"),
    path("press/", press.press, name="press"),
    path("press/paste/", press.paste, name="paste"),
    path("press/<int:pk>/", press.press_item, name="press_item"),
    path("press/<int:pk>/make_lead/", press.make_lead, name="make_lead"),
    path("press/<int:pk>/set_aside/", press.set_aside_item, name="set_aside_item"),
    path("press/<int:pk>/put_back/", press.put_back_item, name="put_back_item"),
    path("press/sources/", press.sources, name="sources"),
    path("press/sources/add/", press.add_source, name="add_source"),
    path("press/sources/<int:pk>/switch/", press.switch_source, name="switch_source"),
    path("routes/", routes.routes, name="routes"),
    path("routes/set/", routes.set_route, name="set_route"),
    path("routes/<int:pk>/remove/", routes.remove_route, name="remove_route"),
    path("keeping/", routes.keeping, name="keeping"),
    path("keeping/set/", routes.set_keeping, name="set_keeping"),
]
