from django.urls import path

from . import views

app_name = "recognition"
urlpatterns = [
    path("", views.decisions, name="list"),
    path("nominations/<int:pk>/draft/", views.draft, name="draft"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/sign/", views.sign, name="sign"),
    path("<int:pk>/revoke/", views.revoke, name="revoke"),
    path("<int:pk>/confirm_revocation/", views.confirm_revocation, name="confirm_revocation"),
    path("<int:pk>/paper.docx", views.paper, name="paper"),
]
