"""Names of the pages."""

from __future__ import annotations

from django.urls import path

from segue.evidence.views import drafts, ledger, opinions, recording, reviewing

app_name = "evidence"
urlpatterns = [
    path("", ledger.list_evidence, name="list-evidence"),
    path("new/", recording.record_work, name="record-work"),
    path("log/", recording.write_log, name="write-log"),
    path("log-time/", recording.log_time, name="log-time"),
    path("add-note/", recording.add_note, name="add-note"),
    path("reviews/", reviewing.list_requests, name="list-requests"),
    path("reviews/take/", reviewing.take_review, name="take-review"),
    path("reviews/<int:pk>/", reviewing.show_request, name="show-request"),
    path("reviews/<int:pk>/file/", reviewing.download_request, name="download-request"),
    path("reviews/<int:pk>/extend/", reviewing.extend_request, name="extend-request"),
    path("reviews/<int:pk>/revoke/", reviewing.revoke_request, name="revoke-request"),
    path("reviews/<int:pk>/restore/", reviewing.restore_request, name="restore-request"),
    path("draft/<str:key>/", drafts.save_draft, name="save-draft"),
    path("draft/<str:key>/choose/", drafts.choose_text, name="choose-text"),
    path("draft/<str:key>/discard/", drafts.discard_draft, name="discard-draft"),
    path("draft/<str:key>/restore/", drafts.restore_draft, name="restore-draft"),
    path("<int:number>/", ledger.show_entry, name="show-entry"),
    path("<int:number>/file/<int:attachment_id>/", ledger.download_file, name="download-file"),
    path("<int:number>/edit/", recording.revise_work, name="revise-work"),
    path("<int:number>/ask-review/", reviewing.ask_review, name="ask-review"),
    path("<int:number>/review/", opinions.record_review, name="record-review"),
    path("<int:number>/confirm/", opinions.record_confirmation, name="record-confirmation"),
    path("<int:number>/withdraw/", ledger.withdraw_entry, name="withdraw-entry"),
    path("<int:number>/undo/", ledger.undo_entry, name="undo-entry"),
]
