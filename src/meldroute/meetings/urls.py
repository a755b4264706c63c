"""Addresses of this chapter."""

from __future__ import annotations

from django.urls import URLPattern, path

from .views import item, listing, meeting, papers, recurring, screen, series

app_name = "meetings"
urlpatterns: list[URLPattern] = [
    path("overleg/", listing.meetings, name="list"),
    path("overleg/reeksen/", series.all_series, name="all-series"),
    path("overleg/reeksen/nieuw/", series.make, name="make-series"),
    path("overleg/reeksen/<uuid:series_id>/", series.series, name="series"),
    path("overleg/reeksen/<uuid:series_id>/overleg.ics", listing.series_calendar, name="series-calendar"),
    path("overleg/reeksen/<uuid:series_id>/beeindigen/", series.end, name="end-series"),
    path("overleg/reeksen/<uuid:series_id>/vast-punt/", recurring.add, name="add-recurring"),
    path("overleg/vast-punt/<uuid:recurring_id>/beeindigen/", recurring.end, name="end-recurring"),
    path("overleg/vast-punt/<uuid:recurring_id>/terugzetten/", recurring.take_back, name="take-back-recurring"),
    path("overleg/overig/<uuid:topic_id>/doorschuiven/", recurring.carry, name="carry-topic"),
    path("overleg/lid/<uuid:member_id>/beeindigen/", series.end_member, name="end-member"),
    path("overleg/<uuid:meeting_id>/", meeting.meeting, name="meeting"),
    path("overleg/<uuid:meeting_id>/overleg.ics", listing.calendar, name="calendar"),
    path("overleg/<uuid:meeting_id>/scherm/", screen.meeting, name="screen"),
    path("overleg/<uuid:meeting_id>/bijwerken/", meeting.refresh, name="refresh"),
    path("overleg/<uuid:meeting_id>/beginnen/", meeting.begin, name="begin"),
    path("overleg/<uuid:meeting_id>/aanwezig/", meeting.attend, name="attend"),
    path("overleg/<uuid:meeting_id>/deelnemer/", meeting.guest, name="guest"),
    path("overleg/<uuid:meeting_id>/verplaatsen/", meeting.move, name="move"),
    path("overleg/<uuid:meeting_id>/vervalt/", meeting.not_needed, name="not-needed"),
    path("overleg/<uuid:meeting_id>/sluiten/", meeting.close, name="close"),
    path("overleg/<uuid:meeting_id>/overig/", meeting.add_topic, name="add-topic"),
    path("overleg/overig/<uuid:topic_id>/", meeting.note_topic, name="note-topic"),
    path("overleg/<uuid:meeting_id>/informatieblad/", papers.sheet, name="sheet"),
    path("overleg/<uuid:meeting_id>/papier/<slug:kind>/", papers.paper, name="paper"),
    path("overleg/punt/<uuid:item_id>/", item.item, name="item"),
    path("overleg/punt/<uuid:item_id>/scherm/", screen.item, name="item-screen"),
    path("overleg/punt/<uuid:item_id>/vraag/<slug:code>/", item.question, name="question"),
    path("overleg/punt/<uuid:item_id>/vrijgeven/", item.release, name="release"),
    path("overleg/punt/<uuid:item_id>/doorschuiven/", item.carry, name="carry"),
    path("overleg/punt/<uuid:item_id>/notitie/", item.note, name="note"),
    path("overleg/punt/<uuid:item_id>/kring/", item.restrict, name="restrict"),
    path("overleg/punt/<uuid:item_id>/blijven/", item.stay, name="stay"),
    path("overleg/punt/<uuid:item_id>/verlaat/", item.leave, name="leave"),
]
