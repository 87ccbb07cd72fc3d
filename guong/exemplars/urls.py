from django.urls import path

from . import views

app_name = "exemplars"
urlpatterns = [
    path("", views.exemplars, name="list"),
    path("<int:pk>/evidence/add/", views.add_evidence, name="add_evidence"),
    path("<int:pk>/claims/state/", views.state_claim, name="state_claim"),
    path("claims/<int:pk>/revise/", views.revise_claim, name="revise_claim"),
    path("<int:pk>/picture/", views.set_picture, name="set_picture"),
    path("<int:pk>/consents/record/", views.record_consent, name="record_consent"),
    path("consents/<int:pk>/withdraw/", views.withdraw_consent, name="withdraw_consent"),
    path("<int:pk>/distinctions/record/", views.record_distinction, name="record_distinction"),
    path("distinctions/<int:pk>/strike/", views.strike_distinction, name="strike_distinction"),
    path("<int:pk>/hold/", views.place_hold, name="place_hold"),
    path("holds/<int:pk>/lift/", views.lift_hold, name="lift_hold"),
    path("<int:pk>/conflict/", views.declare_conflict, name="declare_conflict"),
    path("<int:pk>/movements/enter/", views.enter_movement, name="enter_movement"),
    path("movements/", views.movement_entries, name="movement_entries"),
    path("movements/<int:pk>/confirm/", views.confirm_movement, name="confirm_movement"),
    path("<int:pk>/describe/", views.describe, name="describe"),
    path("<int:pk>/identity/record/", views.record_identity, name="record_identity"),
    path("<int:pk>/with/<int:other>/", views.compare, name="compare"),
    path("<int:pk>/with/<int:other>/judge/", views.judge, name="judge"),
    path("<int:pk>/with/<int:other>/merge/", views.merge, name="merge"),
    path("suspected/", views.suspected, name="suspected"),
    path("merges/<int:pk>/undo/", views.undo_merge, name="undo_merge"),
    path("<int:pk>/identity/", views.read_identity, name="read_identity"),
    path("ethnic-groups/", views.ethnic_groups, name="ethnic_groups"),
    path("ethnic-groups/add/", views.add_ethnic_group, name="add_ethnic_group"),
    path("ethnic-groups/<int:pk>/rename/", views.rename_ethnic_group, name="rename_ethnic_group"),
    path("ethnic-groups/<int:pk>/verify/", views.verify_ethnic_group, name="verify_ethnic_group"),
    path("ethnic-groups/<int:pk>/switch/", views.switch_ethnic_group, name="switch_ethnic_group"),
    path("advise/", views.advise, name="advise"),
]
