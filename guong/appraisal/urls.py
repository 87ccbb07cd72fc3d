from django.urls import path

from . import views

app_name = "appraisal"
urlpatterns = [
    path("", views.verifications, name="list"),
    path("nominations/<int:pk>/open/", views.open_verification, name="open_verification"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/claims/<int:claim_pk>/check/", views.check_claim, name="check_claim"),
    path("<int:pk>/conclude/", views.conclude, name="conclude"),
]
