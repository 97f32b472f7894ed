"""The doors of the house. The apps are named by string: web knows neither of them."""

from django.contrib import admin
from django.urls import include, path

from web import views
from web.powers import powers

urlpatterns = [
    path("", views.home, name="home"),
    path("health", views.health, name="health"),
    path("robots.txt", views.robots, name="robots"),
    path("taal/", views.set_language, name="set_language"),
    path("over/", views.about, name="about"),
    path("over/<slug:slug>/", views.about_funder, name="about_funder"),
    path("bevoegdheden/", powers, name="powers"),
    path("demo/codes/", views.demo_codes, name="demo_codes"),
    path("demo/mails/", views.demo_mails, name="demo_mails"),
    path("aanmelden/", include("web.sign_in.urls")),
    path("beheer/", admin.site.urls),
    path("", include("grants.urls")),
    path("", include("ledger.urls")),
]
