from django.urls import path

from . import lists, views

app_name = "web"
urlpatterns = [
    path("", views.today, name="today"),
    path("ho-so/<int:pk>/", views.life, name="life"),
    path("tim-nhanh/", views.search, name="search"),
    path("tep/<str:sha256>/", views.file, name="file"),
    path("ho-so/<int:pk>/anh/", views.picture, name="picture"),
    path("thong-bao/", views.notices, name="notices"),
    path("thong-bao/read/", views.read_notices, name="read_notices"),
    path("thong-bao/<int:pk>/open/", views.open_notice, name="open_notice"),
    path("thong-bao/<int:pk>/read/", views.read_notice, name="read_notice"),
    path("nhap/", lists.imports, name="imports"),
    path("nhap/<str:kind>/", lists.import_list, name="import_list"),
    path("nhap/<str:kind>/mau.xlsx", lists.import_template, name="import_template"),
    path("nhap/<str:kind>/<int:pk>/", lists.preview, name="preview"),
    path("nhap/<str:kind>/<int:pk>/match/", lists.match, name="match"),
    path("nhap/<str:kind>/<int:pk>/recode/", lists.recode, name="recode"),
    path("nhap/<str:kind>/<int:pk>/confirm/", lists.confirm_list, name="confirm_list"),
    path("nhap/<str:kind>/<int:pk>/drop/", lists.drop_list, name="drop_list"),
    path("nhap/<str:kind>/<int:pk>/undo/", lists.undo_list, name="undo_list"),
    path("nhap/<str:kind>/<int:pk>/amend/", lists.amend, name="amend"),
    path("nhap/<str:kind>/<int:pk>/loi.xlsx", lists.marked, name="marked"),
    path("nhap/<str:kind>/<int:pk>/can-sua.xlsx", lists.bad_rows, name="bad_rows"),
    path("nhap/<str:kind>/<int:pk>/pictures/", lists.pictures, name="pictures"),
    path("nhap/<str:kind>/<int:pk>/attach/", lists.attach_pictures, name="attach_pictures"),
    path("system/style/", views.style, name="style"),
]
