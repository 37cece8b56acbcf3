"""Who may open what: every address, each person of the cast, the status they get.

Priya is the learner whose things are asked for. Sam has a programme of his own: pages without an object are his own, Priya's
objects do not exist for him. Marco (a mentor) and Lena (a cohort lead) can sign in but have no programme, and nothing is shared
with them yet. Somebody anonymous is sent to the sign-in page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.urls import reverse

SIGN_IN = 302


@dataclass(frozen=True)
class Row:
    """Statuses by person; ``args`` makes the address from what Priya owns."""

    priya: int
    sam: int
    marco: int = 404
    lena: int = 404
    anonymous: int = SIGN_IN
    method: str = "get"
    args: tuple[object, ...] = ()
    query: str = ""
    data: Mapping[str, object] = field(default_factory=dict)

    def statuses(self) -> Mapping[str, int]:
        return {"priya": self.priya, "sam": self.sam, "marco": self.marco, "lena": self.lena, "anonymous": self.anonymous}

    def address(self, name: str, owned: Mapping[str, object]) -> str:
        args = [owned.get(a, a) if isinstance(a, str) else a for a in self.args]
        return reverse(name, args=args) + self.query


def own(status: int = 200, **more: object) -> Row:
    """A page that shows everybody their own."""
    return Row(status, status, **more)  # type: ignore[arg-type]


def hers(status: int = 200, stranger: int = 404, **more: object) -> Row:
    """An object of Priya's: a stranger does not learn that it exists."""
    return Row(status, stranger, **more)  # type: ignore[arg-type]


def everybody(status: int, **more: object) -> Row:
    """The same for all."""
    return Row(status, status, status, status, status, **more)  # type: ignore[arg-type]


ACTIVITY = "w01-diagnostic"
Address = Callable[[], str]

MATRIX: dict[str, Row] = {
    # plan
    "plan:show-today": own(),
    "plan:show-plan": own(),
    "plan:show-week": own(args=("2026-11-23",)),
    "plan:edit-hours": own(),
    "plan:offer-ways": own(),
    "plan:take-way": own(302, args=("shift",), method="post"),
    "plan:list-courses": own(),
    "plan:add-course": own(),
    "plan:show-course": hers(args=("course",)),
    "plan:change-course": hers(args=("course",)),
    "plan:remove-course": hers(302, args=("course",), method="post"),
    "plan:take-course": own(302, args=("ai-for-everyone",), method="post", data={"scope": "whole"}),
    "plan:make-choice": own(302, args=("pin", ACTIVITY), method="post", data={"on": "2026-11-26"}),
    "plan:undo-choice": own(302, args=("pin", ACTIVITY), method="post"),
    "plan:export-calendar": own(),
    "plan:serve-feed": Row(200, 200, 200, 200, 200, args=("feed_token",)),
    "plan:renew-feed": own(302, method="post"),
    # the first hour
    "start:begin": own(),
    "start:choose-target": own(),
    "start:rate-strengths": own(),
    "start:begin-diagnostic": own(),
    "start:answer-part": own(args=(1,)),
    "start:agree-plan": own(),
    # work
    "workbench:show-area": own(args=("learn",)),
    "workbench:show-activity": own(args=(ACTIVITY,)),
    "workbench:list-terms": Row(200, 200, 200, 200),
    # months 1 and 2
    "learn:show-learn": own(),
    "learn:list-concepts": own(),
    "learn:show-concept": own(args=("model",)),
    "learn:park-topic": own(302, args=("model",), method="post", data={"until": "2027-01-11"}),
    "learn:unpark-topic": own(302, args=("model",), method="post"),
    "learn:explain-concept": own(args=("model",)),
    "learn:save-explanation": own(args=("model",), method="post", data={"text": "Half a thought."}),
    "learn:check-explanation": own(args=("model",), method="post", data={"text": "Half a thought."}),
    "learn:keep-explanation": own(302, args=("model",), method="post", data={"text": "Half a thought."}),
    "learn:show-recall": own(),
    "learn:rate-card": own(302, method="post", data={"card": "def:model", "rating": "3", "reviews": "0"}),
    "learn:undo-rating": own(302, method="post"),
    "learn:set-away": own(302, method="post", data={"until": "2027-01-11"}),
    "learn:show-statistics": own(),
    "learn:export-deck": own(),
    "learn:list-figures": own(),
    "learn:show-figure": own(args=("threshold",), query="?answer=see"),
    "learn:list-sheets": own(),
    "lab:list-analyses": own(),
    "lab:take-file": own(422, method="post"),
    "lab:take-example": own(302, method="post"),
    "lab:show-analysis": hers(302, args=("analysis",)),
    "lab:choose-columns": hers(args=("analysis",)),
    "lab:stop-run": hers(302, args=("analysis",), method="post"),
    "lab:remove-analysis": hers(302, args=("analysis",), method="post"),
    "lab:record-piece": hers(404, args=("analysis", "run"), method="post"),
    "lab:begin-piece": hers(404, args=("analysis", "themes"), method="post"),
    "lab:download-report": hers(404, args=("analysis",)),
    "lab:show-rows": hers(404, args=("analysis",)),
    "lab:read-row": hers(404, args=("analysis",)),
    "lab:unread-row": hers(404, args=("analysis",), method="post"),
    "lab:show-themes": hers(404, args=("analysis",)),
    "lab:merge-themes": hers(404, args=("analysis",), method="post"),
    "lab:undo-edit": hers(404, args=("analysis",), method="post"),
    "lab:show-theme": hers(404, args=("analysis", "1")),
    "lab:rename-theme": hers(404, args=("analysis", "1"), method="post"),
    "lab:split-theme": hers(404, args=("analysis", "1"), method="post"),
    "lab:show-labels": hers(404, args=("analysis",)),
    "lab:edit-label-guide": hers(404, args=("analysis",)),
    "lab:save-label-guide": hers(404, args=("analysis",), method="post"),
    "lab:rename-class": hers(404, args=("analysis",), method="post"),
    "lab:draw-rows": hers(404, args=("analysis",), method="post"),
    "lab:label-rows": hers(404, args=("analysis",)),
    "lab:label-row": hers(404, args=("analysis",), method="post"),
    "lab:undo-label": hers(404, args=("analysis",), method="post"),
    "lab:settle-labels": hers(404, args=("analysis",)),
    "lab:download-gold": hers(404, args=("analysis",)),
    "lab:make-labeller-sheet": hers(404, args=("analysis",), method="post"),
    "lab:take-labeller-answer": hers(404, args=("analysis",), method="post"),
    "lab:show-labeller-sheet": hers(404, args=("analysis", 1)),
    "lab:download-labeller-sheet": hers(404, args=("analysis", 1)),
    "lab:download-labeller-rows": hers(404, args=("analysis", 1)),
    "lab:take-labeller-spreadsheet": hers(404, args=("analysis", 1), method="post"),
    "lab:remove-labeller-sheet": hers(404, args=("analysis", 1), method="post"),
    "lab:show-drivers": hers(404, args=("analysis",)),
    "lab:show-models": hers(404, args=("analysis",)),
    "lab:choose-target": hers(404, args=("analysis",), method="post"),
    "lab:show-errors": hers(404, args=("analysis",)),
    "lab:keep-costs": hers(404, args=("analysis",), method="post"),
    "lab:read-errors": hers(404, args=("analysis",)),
    "lab:note-reason": hers(404, args=("analysis",), method="post"),
    "lab:choose-kind": hers(404, args=("analysis",), method="post"),
    "lab:unread-error": hers(404, args=("analysis",), method="post"),
    "lab:show-gate": hers(404, args=("analysis",)),
    "lab:put-aside": hers(404, args=("analysis",), method="post"),
    "lab:remake-set": hers(404, args=("analysis",), method="post"),
    "lab:return-rows": hers(404, args=("analysis",), method="post"),
    "lab:set-threshold": hers(404, args=("analysis",), method="post"),
    "lab:judge-version": hers(404, args=("analysis",), method="post"),
    "lab:stop-judging": hers(404, args=("analysis",), method="post"),
    "lab:watch-gate": hers(404, args=("analysis",)),
    "lab:show-judgement": hers(404, args=("analysis", 1)),
    "lab:prepare-endpoint": hers(404, args=("analysis",)),
    "lab:preview-endpoint": hers(404, args=("analysis",)),
    "lab:show-left": hers(404, args=("analysis",)),
    "lab:download-left": hers(404, args=("analysis",)),
    "lab:show-papers": hers(404, args=("analysis",)),
    "lab:show-paper": hers(404, args=("analysis", "model-card")),
    "lab:write-paper": hers(404, args=("analysis", "model-card")),
    "lab:save-answers": hers(404, args=("analysis", "model-card"), method="post"),
    "lab:download-paper": hers(404, args=("analysis", "datasheet", "html")),
    "lab:download-results": hers(404, args=("analysis",)),
    "lab:download-rows": hers(404, args=("analysis", "csv")),
    "lab:list-versions": hers(404, args=("analysis",)),
    "lab:run-again": hers(404, args=("analysis",), method="post"),
    "lab:watch-run": hers(404, args=("analysis",)),
    "build:show-build": own(),
    "build:show-charter": hers(stranger=302),
    "build:edit-charter": own(),
    "build:save-typed": own(method="post"),
    "build:list-cuts": hers(),
    "build:make-cut": hers(302, args=("classes",), method="post"),
    "build:record-charter": hers(302, method="post"),
    "build:begin-memo": hers(302, method="post"),
    "build:begin-decision": hers(302, method="post"),
    "build:show-log": own(),
    "build:begin-log": own(302, args=("charter",), method="post"),
    "build:list-decisions": own(),
    "build:add-decision": own(),
    "build:change-decision": hers(args=("decision",)),
    "build:note-outcome": hers(args=("decision",)),
    "build:record-decision": hers(302, args=("decision",), method="post"),
    "build:show-case": hers(stranger=302),
    "build:edit-case": own(),
    "build:save-case": own(method="post", data={"revision": "1"}),
    "build:take-figures": own(400, method="post", data={"run": "1:1"}),
    "build:export-case": hers(),
    "build:download-private": hers(),
    "build:record-case": hers(302, method="post"),
    "learn:outline-briefing": own(),
    "learn:save-outline": own(method="post"),
    "learn:list-cards": own(),
    "learn:add-card": own(422, method="post"),
    "learn:preview-notes": own(422, method="post"),
    "learn:keep-notes": own(422, method="post"),
    "learn:drop-card": hers(302, args=("card",), method="post"),
    "learn:restore-card": hers(302, args=("card",), method="post"),
    "learn:make-sheet": own(400, method="post"),
    "learn:take-reply": own(422, method="post", data={"text": "no block"}),
    "learn:show-sheet": hers(args=("sheet",)),
    "learn:download-sheet": hers(args=("sheet",)),
    "learn:extend-sheet": hers(302, args=("sheet",), method="post"),
    "learn:record-session": hers(422, args=("sheet",), method="post"),
    "learn:list-tests": own(),
    "learn:begin-test": own(302, args=(1,), method="post"),
    "learn:answer-test": hers(args=(1, 1)),
    "learn:show-result": hers(args=("result",)),
    # month 5
    "deepen:show-deepen": own(),
    "deepen:show-sheet": hers(stranger=302, args=("triage",)),
    "deepen:edit-sheet": own(args=("triage",)),
    "deepen:save-sheet": own(method="post", args=("triage",), data={"revision": "1"}),
    "deepen:record-sheet": hers(302, args=("triage",), method="post", data={"confidentiality": "private"}),
    "deepen:review-law": own(302, args=("triage",), method="post"),
    "deepen:print-sheet": own(args=("triage",)),
    "deepen:download-sheet": own(args=("triage",)),
    # month 4
    "connect:show-connect": own(),
    "connect:show-coverage": own(),
    "connect:list-organisations": own(),
    "connect:add-organisation": own(422, method="post"),
    "connect:show-map": hers(args=("organisation",)),
    "connect:record-map": hers(302, args=("organisation",), method="post"),
    "connect:rename-organisation": hers(302, args=("organisation",), method="post", data={"name": "Northwind"}),
    "connect:mark-own": hers(302, args=("organisation",), method="post"),
    "connect:delete-organisation": hers(302, args=("organisation",), method="post"),
    "connect:list-people": own(),
    "connect:add-person": own(),
    "connect:list-duplicates": own(),
    "connect:show-person": hers(args=("person",)),
    "connect:change-person": hers(args=("person",)),
    "connect:merge-people": hers(400, args=("person",)),
    "connect:delete-person": hers(args=("person",)),
    "connect:export-person": hers(args=("person",)),
    "connect:import-contacts": own(),
    "connect:preview-import": hers(args=("import",)),
    "connect:take-import": hers(302, args=("import",), method="post"),
    "connect:drop-import": hers(302, args=("import",), method="post"),
    "connect:undo-import": hers(302, args=("import",), method="post"),
    "connect:export-vcards": own(),
    "connect:export-people": own(),
    "connect:list-meetings": own(),
    "connect:plan-meeting": own(),
    "connect:record-preparation": own(400, method="post"),
    "connect:show-meeting": hers(args=("meeting",)),
    "connect:change-meeting": hers(args=("meeting",)),
    "connect:cancel-meeting": hers(302, args=("meeting",), method="post"),
    "connect:restore-meeting": hers(302, args=("meeting",), method="post"),
    "connect:download-invitation": hers(args=("meeting",), method="post"),
    "connect:keep-address": hers(422, args=("meeting",), method="post"),
    "connect:prepare-meeting": hers(args=("meeting",)),
    "connect:take-notes": hers(args=("meeting",)),
    "connect:save-notes": hers(args=("meeting",), method="post", data={"notes": "Half a thought."}),
    "connect:unhold-meeting": hers(302, args=("meeting",), method="post"),
    "connect:write-thanks": hers(302, args=("meeting",)),
    "connect:unsend-thanks": hers(302, args=("meeting",), method="post"),
    "connect:record-talk": hers(302, args=("meeting",)),
    "connect:list-insights": own(),
    "connect:add-insight": own(),
    "connect:change-insight": hers(args=("insight",)),
    "connect:drop-insight": hers(302, args=("insight",), method="post"),
    "connect:restore-insight": own(302, args=("insight",), method="post"),
    "connect:record-insight": hers(400, args=("insight",), method="post"),
    "connect:list-commitments": own(),
    "connect:add-commitment": own(),
    "connect:change-commitment": hers(args=("commitment",)),
    "connect:finish-commitment": hers(302, args=("commitment",), method="post"),
    "connect:reopen-commitment": hers(302, args=("commitment",), method="post"),
    "connect:drop-commitment": hers(302, args=("commitment",), method="post"),
    "connect:restore-commitment": own(302, args=("commitment",), method="post"),
    "connect:list-asks": own(),
    "connect:add-ask": own(),
    "connect:record-asks": own(),
    "connect:show-ask": hers(args=("ask",)),
    "connect:save-ask": hers(302, args=("ask",), method="post"),
    "connect:change-ask": hers(422, args=("ask",), method="post"),
    "connect:restore-text": hers(302, args=("ask",), method="post"),
    "connect:remove-ask": hers(302, args=("ask",), method="post"),
    "connect:restore-ask": own(302, args=("ask",), method="post"),
    "connect:mail-ask": hers(302, args=("ask",)),
    "connect:send-ask": hers(302, args=("ask",), method="post"),
    "connect:date-ask": hers(422, args=("ask",), method="post"),
    "connect:unsend-ask": hers(302, args=("ask",), method="post"),
    "connect:remind-ask": hers(422, args=("ask",), method="post"),
    "connect:unremind-ask": hers(302, args=("ask",), method="post"),
    "connect:answer-ask": hers(422, args=("ask",), method="post"),
    "connect:unanswer-ask": hers(302, args=("ask",), method="post"),
    "connect:list-touches": own(),
    "connect:log-touch": hers(args=("person",)),
    "connect:remove-touch": hers(404, args=("person", 1), method="post"),
    "connect:restore-touch": hers(302, args=("person",), method="post"),
    "connect:begin-contribution": hers(302, args=("person",), method="post"),
    "connect:list-points": own(),
    "connect:add-point": own(),
    "connect:record-points": own(422, method="post"),
    "connect:change-point": hers(args=("point",)),
    "connect:answer-point": hers(args=("point",)),
    "connect:remove-point": hers(302, args=("point",), method="post"),
    "connect:restore-point": own(302, args=("point",), method="post"),
    "connect:tell-person": hers(302, args=("person",), method="post"),
    "connect:untell-person": hers(302, args=("person",), method="post"),
    "connect:write-word": hers(args=("person",)),
    # the ledger
    "evidence:list-evidence": own(),
    "evidence:record-work": own(),
    "evidence:write-log": own(),
    "evidence:log-time": own(422, method="post"),
    "evidence:add-note": own(422, method="post"),
    "evidence:save-draft": own(200, method="post", args=("new::charter",), data={"body": "Half a thought."}),
    "evidence:choose-text": hers(302, method="post", args=("draft",)),
    "evidence:discard-draft": hers(302, method="post", args=("draft",)),
    "evidence:restore-draft": hers(302, method="post", args=("draft",)),
    "evidence:show-entry": hers(args=("entry",)),
    "evidence:download-file": hers(args=("entry", "attachment")),
    "evidence:revise-work": hers(args=("entry",)),
    "evidence:record-review": hers(args=("entry",)),
    "evidence:record-confirmation": hers(args=("entry",)),
    "evidence:withdraw-entry": hers(args=("entry",)),
    "evidence:undo-entry": hers(302, method="post", args=("entry",)),
    "evidence:ask-review": hers(args=("entry",)),
    "evidence:list-requests": own(),
    "evidence:take-review": own(422, method="post"),
    "evidence:show-request": hers(args=("request",)),
    "evidence:download-request": hers(args=("request",)),
    "evidence:extend-request": hers(302, method="post", args=("request",)),
    "evidence:revoke-request": hers(302, method="post", args=("request",)),
    "evidence:restore-request": hers(302, method="post", args=("request",)),
    # a reviewer without an account: what is open to who holds the link, whoever that is
    "review:answer": everybody(200, args=("review_link",)),
    # readiness
    "readiness:show-readiness": own(),
    "readiness:show-competency": own(args=("C1",)),
    # the data; nobody backs up what belongs to everybody
    "vault:show-data": own(),
    "vault:make-export": own(302, method="post"),
    "vault:make-backup": own(404, method="post"),
    "vault:show-job": hers(args=("job",)),
    "vault:cancel-job": hers(302, args=("job",), method="post"),
    "vault:download-result": hers(args=("job",)),
    "vault:show-health": everybody(200),
    # account
    "accounts:sign-in": everybody(200),
    "accounts:sign-out": Row(302, 302, 302, 302, 302, method="post"),
    # about the program
    "shared:show-styleguide": Row(404, 404, 404, 404),
}
