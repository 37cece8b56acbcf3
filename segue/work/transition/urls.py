"""Names of the pages of month 6."""

from __future__ import annotations

from django.urls import path

from segue.work.transition.views import (
    ad_gaps,
    ads,
    decision,
    gaps,
    market,
    month,
    portfolio,
    resume_editor,
    resume_files,
    resume_versions,
    resumes,
    three_views,
)

app_name = "transition"
urlpatterns = [
    path("", month.show_transition, name="show-transition"),
    # résumé
    path("resumes/", resumes.list_resumes, name="list-resumes"),
    path("resumes/new/", resumes.add_resume, name="add-resume"),
    path("resumes/import/", resume_files.import_resume, name="import-resume"),
    path("resumes/import/take/", resume_files.take_import, name="take-resume-import"),
    path("resumes/<str:key>/", resumes.show_resume, name="show-resume"),
    path("resumes/<str:key>/edit/", resume_editor.edit_resume, name="edit-resume"),
    path("resumes/<str:key>/edit/save/", resume_editor.save_resume, name="save-resume"),
    path("resumes/<str:key>/edit/restore/", resume_editor.restore_part, name="restore-part"),
    path("resumes/<str:key>/bullets/<str:bullet_id>/", resume_editor.link_bullet, name="link-bullet"),
    path("resumes/<str:key>/suggestions/", resume_editor.suggest_bullets, name="suggest-bullets"),
    path("resumes/<str:key>/suggestions/take/", resume_editor.take_suggestion, name="take-suggestion"),
    path("resumes/<str:key>/name/", resumes.name_resume, name="name-resume"),
    path("resumes/<str:key>/final/", resumes.finish_resume, name="finish-resume"),
    path("resumes/<str:key>/record/", resumes.record_resume, name="record-resume"),
    path("resumes/<str:key>/remove/", resumes.remove_resume, name="remove-resume"),
    path("resumes/<str:key>/restore/", resumes.restore_resume, name="restore-resume"),
    path("resumes/<str:key>/download/<str:form>/", resume_files.download_resume, name="download-resume"),
    path("resumes/<str:key>/versions/", resume_versions.list_versions, name="list-versions"),
    path("resumes/<str:key>/versions/keep/", resume_versions.keep_version, name="keep-version"),
    path("resumes/<str:key>/versions/compare/", resume_versions.compare_versions, name="compare-versions"),
    path("resumes/<str:key>/versions/<int:number>/restore/", resume_versions.restore_version, name="restore-version"),
    # profile
    # job ads
    path("ads/", ads.list_ads, name="list-ads"),
    path("ads/add/", ads.add_ad, name="add-ad"),
    path("ads/record/", ads.record_ads, name="record-ads"),
    path("ads/market/", market.show_market, name="show-market"),
    path("ads/<str:key>/", ads.show_ad, name="show-ad"),
    path("ads/<str:key>/edit/", ads.edit_ad, name="edit-ad"),
    path("ads/<str:key>/remove/", ads.remove_ad, name="remove-ad"),
    path("ads/<str:key>/restore/", ads.restore_ad, name="restore-ad"),
    path("ads/<str:key>/gap/<slug:term>/", ad_gaps.plan_gap, name="plan-gap"),
    path("applications/", market.list_applications, name="list-applications"),
    path("applications/<str:key>/", market.edit_application, name="edit-application"),
    # stories, interviews
    # readiness, gaps, decision
    path("views/", three_views.show_views, name="show-views"),
    path("views/rate/", three_views.rate_self, name="rate-self"),
    path("views/save/", three_views.save_views, name="save-views"),
    path("views/record/", three_views.record_report, name="record-report"),
    path("gaps/", gaps.list_gaps, name="list-gaps"),
    path("gaps/add/", gaps.add_gap, name="add-gap"),
    path("gaps/record/", gaps.record_gaps, name="record-gaps"),
    path("gaps/<str:key>/", gaps.edit_gap, name="edit-gap"),
    path("gaps/<str:key>/close/", gaps.close_gap, name="close-gap"),
    path("gaps/<str:key>/reopen/", gaps.reopen_gap, name="reopen-gap"),
    path("gaps/<str:key>/remove/", gaps.remove_gap, name="remove-gap"),
    path("gaps/<str:key>/restore/", gaps.restore_gap, name="restore-gap"),
    path("gaps/<str:key>/pin/", gaps.pin_gap, name="pin-gap"),
    path("gaps/<str:key>/unpin/", gaps.unpin_gap, name="unpin-gap"),
    path("decision/", decision.edit_decision, name="edit-decision"),
    path("decision/save/", decision.save_decision, name="save-decision"),
    path("decision/record/", decision.record_decision, name="record-decision"),
    path("decision/steps.ics", decision.download_steps, name="download-steps"),
    # portfolio
    path("portfolio/", portfolio.show_portfolio, name="show-portfolio"),
    path("portfolio/cover/", portfolio.edit_portfolio, name="edit-portfolio"),
    path("portfolio/add/", portfolio.add_piece, name="add-piece"),
    path("portfolio/restore/", portfolio.restore_piece, name="restore-piece"),
    path("portfolio/record/", portfolio.record_portfolio, name="record-portfolio"),
    path("portfolio/portfolio.zip", portfolio.download_site, name="download-site"),
    path("portfolio/portfolio.pdf", portfolio.download_portfolio, name="download-portfolio"),
    path("portfolio/<int:number>/", portfolio.edit_piece, name="edit-piece"),
    path("portfolio/<int:number>/move/", portfolio.move_piece, name="move-piece"),
    path("portfolio/<int:number>/remove/", portfolio.remove_piece, name="remove-piece"),
]
