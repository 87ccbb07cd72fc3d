from django.urls import path

from .views import claims, movements, pairs, peoples, records, restricted

app_name = "exemplars"
urlpatterns = [
    path("", records.exemplars, name="list"),
    path("<int:pk>/evidence/add/", claims.add_evidence, name="add_evidence"),
    path("<int:pk>/claims/state/", claims.state_claim, name="state_claim"),
    path("claims/<int:pk>/revise/", claims.revise_claim, name="revise_claim"),
    path("<int:pk>/picture/", records.set_picture, name="set_picture"),
    path("<int:pk>/consents/record/", restricted.record_consent, name="record_consent"),
    path("consents/<int:pk>/withdraw/", restricted.withdraw_consent, name="withdraw_consent"),
    path("<int:pk>/distinctions/record/", claims.record_distinction, name="record_distinction"),
    path("distinctions/<int:pk>/strike/", claims.strike_distinction, name="strike_distinction"),
    path("<int:pk>/hold/", restricted.place_hold, name="place_hold"),
    path("holds/<int:pk>/lift/", restricted.lift_hold, name="lift_hold"),
    path("<int:pk>/conflict/", restricted.declare_conflict, name="declare_conflict"),
    path("<int:pk>/movements/enter/", movements.enter_movement, name="enter_movement"),
    path("movements/", movements.movement_entries, name="movement_entries"),
    path("movements/<int:pk>/confirm/", movements.confirm_movement, name="confirm_movement"),
    path("<int:pk>/describe/", records.describe, name="describe"),
    path("<int:pk>/identity/record/", restricted.record_identity, name="record_identity"),
    path("<int:pk>/with/<int:other>/", pairs.compare, name="compare"),
    path("<int:pk>/with/<int:other>/judge/", pairs.judge, name="judge"),
    path("<int:pk>/with/<int:other>/merge/", pairs.merge, name="merge"),
    path("suspected/", pairs.suspected, name="suspected"),
    path("merges/<int:pk>/undo/", pairs.undo_merge, name="undo_merge"),
    path("<int:pk>/identity/", restricted.read_identity, name="read_identity"),
    path("ethnic-groups/", peoples.ethnic_groups, name="ethnic_groups"),
    path("ethnic-groups/add/", peoples.add_ethnic_group, name="add_ethnic_group"),
    path("ethnic-groups/<int:pk>/rename/", peoples.rename_ethnic_group, name="rename_ethnic_group"),
    path("ethnic-groups/<int:pk>/verify/", peoples.verify_ethnic_group, name="verify_ethnic_group"),
    path("ethnic-groups/<int:pk>/switch/", peoples.switch_ethnic_group, name="switch_ethnic_group"),
    path("advise/", records.advise, name="advise"),
]
