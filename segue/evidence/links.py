"""The link behind which somebody without an account reviews a piece: signed, so that a guess is known before a table is asked."""

from __future__ import annotations

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from segue.evidence.models import ReviewRequest

SALT = "segue.evidence.links"


def link_of(request: ReviewRequest) -> str:
    """The whole address that leads a reviewer to a request; empty where nobody but the learner reaches this Segue."""
    if not settings.PUBLIC_URL:
        return ""
    return f"{settings.PUBLIC_URL}{reverse('review:answer', args=[sealed_token(request)])}"


def sealed_token(request: ReviewRequest) -> str:
    """What names a request in its link. Two learners may hold one token, after an import, so theirs is told too."""
    return _signer().sign(f"{request.learner_id}-{request.token}")


def request_behind(token: str) -> ReviewRequest | None:
    """The request that a link leads to. For a wrong signature, compared in constant time, no table is asked."""
    try:
        learner_id, _, own_token = _signer().unsign(token).partition("-")
    except BadSignature:
        return None
    found = ReviewRequest.objects.select_related("entry__learner", "learner", "review")
    return found.filter(learner_id=int(learner_id), token=own_token).first()


def _signer() -> Signer:
    """A dot between the parts: mail programs end a link at other marks."""
    return Signer(salt=SALT, sep=".")
