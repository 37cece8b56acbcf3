"""Texts are kept as they are typed, by several windows at once, until they are recorded or put aside."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace

from django.db import transaction

from segue.accounts.models import Learner
from segue.evidence import drafts
from segue.evidence.drafts import Fields, Written
from segue.evidence.models import Draft, KeptText
from segue.evidence.texts import clean_line
from segue.shared import clock

# Each entry moves the revisions of new drafts past those that a browser may still remember of texts recorded since.
REVISIONS_AN_ENTRY, LAST_REVISION = 100_000, 2_000_000_000


def hold(learner: Learner) -> None:
    """Holds the row of the learner until the transaction ends: what one window writes, another waits for."""
    Learner.objects.select_for_update().get(pk=learner.pk)


@dataclass(frozen=True)
class Saved:
    """What became of a text sent to be kept. ``kept`` is set where another window had saved a different one: both are there."""

    revision: int
    draft: Draft | None = None
    kept: KeptText | None = None


@transaction.atomic
def save_draft(learner: Learner, written: Written) -> Saved:
    """Keeps a text as it is typed. Where another window saved in between, its text stays and this one is kept beside it."""
    hold(learner)
    draft = learner.drafts.filter(key=written.key).first()
    if draft is None:
        return _first_draft(learner, written)
    own = draft.revision == written.revision or _window(draft) == [written.window]
    if drafts.has_text(draft.fields) and not own:
        if drafts.same(draft.fields, written.fields):
            draft.kept.filter(pk__in=[k.pk for k in texts_beside(draft) if _window(k) == [written.window]]).delete()
            return Saved(written.revision, draft)
        return Saved(written.revision, draft, _keep_beside(draft, written))
    draft.fields, draft.revision, draft.saved_at = _stored(written), draft.revision + 1, clock.now()
    draft.save(update_fields=["fields", "revision", "saved_at"])
    return Saved(draft.revision, draft)


def begin_draft(learner: Learner, activity_id: str, kind: str, fields: Fields) -> str:
    """Begins a text of the ledger from what the learner has elsewhere: the key of its draft. What was begun before stays."""
    key = drafts.new_key(activity_id, kind)
    draft = learner.drafts.filter(key=key).first()
    if draft is None or not drafts.has_text(draft.fields):
        begun = {**fields, "activity_id": [activity_id]}
        save_draft(learner, Written(key, draft.revision if draft else 0, secrets.token_hex(4), begun))
    return key


def _first_draft(learner: Learner, written: Written) -> Saved:
    if not drafts.has_text(written.fields) or _is_recorded(learner, written.fields):
        return Saved(written.revision)
    revision = min(max(written.revision, first_revision(learner)) + 1, LAST_REVISION)
    draft = Draft.objects.create(
        learner=learner, key=written.key, fields=_stored(written), revision=revision, saved_at=clock.now()
    )
    return Saved(revision, draft)


def first_revision(learner: Learner) -> int:
    """The revision of a form that has no draft yet."""
    return min(learner.entries.count() * REVISIONS_AN_ENTRY, LAST_REVISION)


def _is_recorded(learner: Learner, fields: Fields) -> bool:
    """Whether the text is in the ledger already: the last save of a form may arrive after the form itself."""
    text = drafts.long_text(fields).strip()
    found = learner.entries.filter(body=text)
    return (found if text else found.filter(title=clean_line(drafts.first(fields, "title")))).exists()


def _stored(written: Written) -> dict[str, list[str]]:
    return {**{name: [*values] for name, values in written.fields.items()}, drafts.WINDOW: [written.window]}


def texts_beside(draft: Draft) -> list[KeptText]:
    """What other windows wrote while the draft was saved, without what was discarded."""
    return [kept for kept in draft.kept.all() if drafts.DISCARDED not in kept.fields]


def _window(text: Draft | KeptText) -> object:
    return text.fields.get(drafts.WINDOW)


def _keep_beside(draft: Draft, written: Written) -> KeptText:
    for kept in texts_beside(draft):
        if _window(kept) == [written.window]:
            kept.fields, kept.kept_at = _stored(written), clock.now()
            kept.save(update_fields=["fields", "kept_at"])
            return kept
    return KeptText.objects.create(draft=draft, fields=_stored(written), kept_at=clock.now())


@transaction.atomic
def choose_text(draft: Draft, kept: KeptText | None) -> Draft:
    """Goes on with one of several texts: the one ``kept`` beside the draft, or the draft's own. The others go."""
    hold(draft.learner)
    if kept is not None:
        draft.fields = kept.fields
    draft.revision, draft.saved_at = draft.revision + 1, clock.now()
    draft.save(update_fields=["fields", "revision", "saved_at"])
    draft.kept.all().delete()
    return draft


@transaction.atomic
def discard_draft(draft: Draft) -> None:
    """Puts a draft aside. Its text is kept for the undo, until the next one is discarded."""
    hold(draft.learner)
    draft.learner.drafts.filter(fields={}).exclude(pk=draft.pk).delete()
    draft.kept.filter(fields__has_key=drafts.DISCARDED).delete()
    KeptText.objects.create(draft=draft, fields={**draft.fields, drafts.DISCARDED: ["yes"]}, kept_at=clock.now())
    _give_way(draft)


def _give_way(draft: Draft) -> None:
    """Another window's text takes the place of the draft's own; where there is none, the draft is left without text.

    Its revision goes on, so that a browser knows its own copy to be old.
    """
    others = texts_beside(draft)
    draft.fields = others[-1].fields if others else {}
    draft.revision, draft.saved_at = draft.revision + 1, clock.now()
    draft.save(update_fields=["fields", "revision", "saved_at"])
    if others:
        others[-1].delete()


@transaction.atomic
def move_draft(learner: Learner, written: Written, key: str) -> Saved:
    """Carries a text on under another key, as when one finds that it is of another kind."""
    draft = learner.drafts.filter(key=written.key).first()
    if draft is not None and (draft.revision == written.revision or drafts.same(draft.fields, written.fields)):
        _give_way(draft)
    there = learner.drafts.filter(key=key).first()
    return save_draft(learner, replace(written, key=key, revision=there.revision if there and not there.fields else 0))


@transaction.atomic
def restore_draft(draft: Draft) -> None:
    """Takes a discarded text back. What was typed since is kept beside it."""
    last = next((k for k in draft.kept.all() if drafts.DISCARDED in k.fields), None)
    if last is None:
        return
    typed = Written(draft.key, draft.revision, drafts.first(draft.fields, drafts.WINDOW), draft.fields)
    text = {name: values for name, values in last.fields.items() if name != drafts.DISCARDED}
    choose_text(draft, None)
    draft.fields = text
    draft.save(update_fields=["fields"])
    if drafts.has_text(typed.fields):
        _keep_beside(draft, typed)


def settle(learner: Learner, written: Written) -> None:
    """Clears the draft of a text that was recorded. A different text from another window stays as the draft."""
    draft = learner.drafts.filter(key=written.key).first()
    if draft is None:
        return
    own = draft.revision == written.revision or _window(draft) == [written.window]
    if drafts.has_text(draft.fields) and not own and not drafts.same(draft.fields, written.fields):
        return
    spoken = [k for k in texts_beside(draft) if drafts.same(k.fields, written.fields) or _window(k) == [written.window]]
    draft.kept.filter(pk__in=[k.pk for k in spoken]).delete()
    if texts_beside(draft):
        _give_way(draft)
    else:
        draft.delete()
