"""Addresses of finding a signal and of the work on it: weighings, checks, sources, decisions, tasks, hand-overs."""

from __future__ import annotations

from django.urls import URLPattern, path

from .views import checks, danger, decide, hand_over, parcels, search, sources, stand_in, tasks, waiting, weighings

urlpatterns: list[URLPattern] = [
    path("zoeken/", search.search, name="search"),
    path("zoeken/persoon/", search.search_person, name="search-person"),
    path("zoeken/<uuid:question_id>/", search.found, name="found"),
    path("draag-over/", stand_in.stand_in, name="stand-in"),
    path("wachtend/", waiting.waiting, name="waiting"),
    path("taken/", tasks.tasks, name="tasks"),
    path("taken/<uuid:task_id>/", tasks.task, name="task"),
    path("taken/<uuid:task_id>/intrekken/", tasks.withdraw, name="task-withdraw"),
    path("taken/<uuid:task_id>/herinnering/", tasks.chase, name="task-chase"),
    path("signalen/<uuid:signal_id>/taken/", tasks.signal_tasks, name="signal-tasks"),
    path("signalen/<uuid:signal_id>/taken/nieuw/", tasks.give, name="task-give"),
    path("signalen/<uuid:signal_id>/besluit/", decide.decide, name="decide"),
    path("signalen/<uuid:signal_id>/besluit/<uuid:decision_id>/herstel/", decide.correct, name="correct"),
    path("signalen/<uuid:signal_id>/wegingen/", weighings.weighings, name="weighings"),
    path("signalen/<uuid:signal_id>/wegingen/<slug:code>/", weighings.weigh, name="weigh"),
    path("signalen/<uuid:signal_id>/toetsen/", checks.checks, name="checks"),
    path("signalen/<uuid:signal_id>/toetsen/<slug:kind>/", checks.ask, name="check-ask"),
    path("toetsen/<uuid:check_id>/", checks.check, name="check"),
    path("toetsen/<uuid:check_id>/herinnering/", checks.remind, name="check-remind"),
    path("signalen/<uuid:signal_id>/bronnen/", sources.sources, name="sources"),
    path("signalen/<uuid:signal_id>/bronnen/internet/", sources.internet, name="internet"),
    path("signalen/<uuid:signal_id>/bronnen/vraag/<uuid:query_id>/", sources.source, name="source"),
    path("signalen/<uuid:signal_id>/bronnen/<slug:source>/", sources.ask, name="source-ask"),
    path("signalen/<uuid:signal_id>/gedeeld/", hand_over.hand_overs, name="hand-overs"),
    path("signalen/<uuid:signal_id>/overdragen/<slug:recipient>/", hand_over.hand_over, name="hand-over"),
    path("gemeenten/", parcels.parcels, name="parcels"),
    path("gemeenten/<uuid:parcel_id>/", parcels.parcel, name="parcel"),
    path("gemeenten/<uuid:parcel_id>/terughalen/", parcels.withdraw, name="parcel-withdraw"),
    path("overdrachten/<uuid:hand_over_id>/gemeente/", parcels.send, name="parcel-send"),
    path("signalen/<uuid:signal_id>/vervolg/", hand_over.follow_up, name="follow-up"),
    path("overdrachten/<uuid:hand_over_id>/ontvangst/", hand_over.receipt, name="hand-over-receipt"),
    path("signalen/<uuid:signal_id>/gevaar/", danger.danger, name="danger"),
    path("overdrachten/<uuid:hand_over_id>/verantwoording/", danger.account, name="danger-account"),
]
