from django.urls import path

from . import views

app_name = "dashboard"
urlpatterns = [
    path("", views.home, name="home"),
    path("method/", views.method_page, name="method"),
    path("plans/<str:code>/", views.plan_page, name="plan"),
]
