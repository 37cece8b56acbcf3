"""Names of the pages of months 1 and 2."""

from __future__ import annotations

from django.urls import path

from segue.work.learn.views import briefing, cards, concepts, explaining, figures, listening, recall, testing

app_name = "learn"
urlpatterns = [
    path("", concepts.show_learn, name="show-learn"),
    path("concepts/", concepts.list_concepts, name="list-concepts"),
    path("concepts/<slug:concept_id>/", concepts.show_concept, name="show-concept"),
    path("concepts/<slug:concept_id>/park/", concepts.park_topic, name="park-topic"),
    path("concepts/<slug:concept_id>/unpark/", concepts.unpark_topic, name="unpark-topic"),
    path("concepts/<slug:concept_id>/explain/", explaining.explain_concept, name="explain-concept"),
    path("concepts/<slug:concept_id>/explain/save/", explaining.save_explanation, name="save-explanation"),
    path("concepts/<slug:concept_id>/explain/check/", explaining.check_explanation, name="check-explanation"),
    path("concepts/<slug:concept_id>/explain/keep/", explaining.keep_explanation, name="keep-explanation"),
    path("figures/", figures.list_figures, name="list-figures"),
    path("figures/<slug:figure_id>/", figures.show_figure, name="show-figure"),
    path("listeners/", listening.list_sheets, name="list-sheets"),
    path("listeners/make/", listening.make_sheet, name="make-sheet"),
    path("listeners/reply/", listening.take_reply, name="take-reply"),
    path("listeners/<int:pk>/", listening.show_sheet, name="show-sheet"),
    path("listeners/<int:pk>/file/", listening.download_sheet, name="download-sheet"),
    path("listeners/<int:pk>/extend/", listening.extend_sheet, name="extend-sheet"),
    path("listeners/<int:pk>/record/", listening.record_session, name="record-session"),
    path("briefing/", briefing.outline_briefing, name="outline-briefing"),
    path("briefing/save/", briefing.save_outline, name="save-outline"),
    path("tests/", testing.list_tests, name="list-tests"),
    path("tests/<int:tier>/begin/", testing.begin_test, name="begin-test"),
    path("tests/<int:tier>/<int:part>/", testing.answer_test, name="answer-test"),
    path("tests/results/<int:pk>/", testing.show_result, name="show-result"),
    path("recall/", recall.show_recall, name="show-recall"),
    path("recall/rate/", recall.rate_card, name="rate-card"),
    path("recall/undo/", recall.undo_rating, name="undo-rating"),
    path("recall/away/", recall.set_away, name="set-away"),
    path("recall/statistics/", recall.show_statistics, name="show-statistics"),
    path("recall/cards/", cards.list_cards, name="list-cards"),
    path("recall/cards/add/", cards.add_card, name="add-card"),
    path("recall/cards/preview/", cards.preview_notes, name="preview-notes"),
    path("recall/cards/keep/", cards.keep_notes, name="keep-notes"),
    path("recall/cards/<slug:key>/drop/", cards.drop_card, name="drop-card"),
    path("recall/cards/<slug:key>/restore/", cards.restore_card, name="restore-card"),
    path("recall/segue.apkg", recall.export_deck, name="export-deck"),
]
