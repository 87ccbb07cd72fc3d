from django.urls import path

from . import views

app_name = "units"
urlpatterns = [
    path("nhan-tai-khoan/", views.join, name="join"),
    path("tai-khoan/", views.me, name="me"),
    path("tai-khoan/dang-xuat-moi-noi/", views.log_out_everywhere, name="log_out_everywhere"),
    path("system/accounts/", views.accounts, name="accounts"),
    path("system/accounts/open/", views.open_account, name="open_account"),
    path("system/accounts/<int:pk>/", views.account, name="account"),
    path("system/accounts/<int:pk>/invite/", views.invite, name="invite"),
    path("system/accounts/<int:pk>/grant/", views.grant, name="grant"),
    path("system/accounts/<int:pk>/end/", views.end_account, name="end_account"),
    path("system/mandates/<int:pk>/end/", views.end_mandate, name="end_mandate"),
    path("don-vi/", views.tree, name="tree"),
    path("don-vi/quyen-gioi-thieu/", views.introducing, name="introducing"),
    path(
        "don-vi/<int:pk>/quyen-gioi-thieu/grant/",
        views.grant_introducing,
        name="grant_introducing",
    ),
    path("don-vi/quyen-gioi-thieu/<int:pk>/end/", views.end_introducing, name="end_introducing"),
]
