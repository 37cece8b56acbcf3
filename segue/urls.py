"""Every page of Segue, in the order of the loop."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("segue.plan.urls")),
    path("start/", include("segue.start.urls")),
    path("learn/", include("segue.work.learn.urls")),  # before the plain page of the same area
    path("build/", include("segue.work.build.urls")),
    path("lab/", include("segue.work.lab.urls")),
    path("connect/", include("segue.work.connect.urls")),
    path("deepen/", include("segue.work.deepen.urls")),
    path("transition/", include("segue.work.transition.urls")),
    path("", include("segue.work.workbench.urls")),
    path("evidence/", include("segue.evidence.urls")),
    path("review/", include("segue.evidence.review_urls")),  # for people without an account
    path("readiness/", include("segue.readiness.urls")),
    path("", include("segue.vault.urls")),
    path("account/", include("segue.accounts.urls")),
    path("", include("segue.shared.urls")),
]
handler400 = "segue.shared.errors.bad_request"
handler404 = "segue.shared.errors.not_found"
handler500 = "segue.shared.errors.server_error"
