from django.urls import path

from . import views

app_name = "nomination"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/submit/", views.submit, name="submit"),
    path("<int:pk>/accept/", views.accept, name="accept"),
    path("<int:pk>/return/", views.return_, name="return"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("import/", views.import_list, name="import"),
    path("import/template.xlsx", views.template, name="template"),
    path("import/<int:pk>/", views.preview, name="preview"),
    path("import/<int:pk>/confirm/", views.confirm_list, name="confirm_list"),
    path("import/<int:pk>/drop/", views.drop_list, name="drop_list"),
    path("import/<int:pk>/errors.xlsx", views.errors, name="errors"),
]
