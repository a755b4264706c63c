"""The two addresses the menu of the user posts to, so that the look can be tried without the chapters."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("taal/", nothing, name="set_language"),
    path("uitloggen/", nothing, name="logout"),
]
