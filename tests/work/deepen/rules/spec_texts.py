"""A second spec that says all it must, in other words than the one of the content; and each needed thing taken out of both."""

from __future__ import annotations

from collections.abc import Mapping

# A library answers questions by chat, from its own pages. Bullets, names of people, figures in words, other units.
LIBRARY: Mapping[str, str] = {
    "problem": "Readers ask the desk about opening times and loans. The desk takes forty calls a day, and one reader "
    "in three gives up.",
    "success": "Readers: an answer in under a minute for seven in ten questions (today: 9 minutes on hold).\n"
    "Business: overtime at the desk drops from 30 to 12 hours a month.\nFaithfulness of the model: 0.95, a means only.",
    "evaluation": "- Two hundred real questions, collected in spring, with the right page for each\n"
    "- We count the share of answers supported by that page\n- Pass mark: no fewer than 95% of them supported\n"
    "- Run by Amira, again whenever the prompt or the model changes",
    "data": "Our 340 web pages, exported nightly from the content system. We own the copyright. Questions are logged "
    "for 14 days, "
    "with the consent of the reader, asked for in the first message.",
    "baseline": "The site’s search box, as people use it now, leads to the right page for 41 of 100 questions.",
    "threshold": "The bot answers only if the best page scores 0.7 or more. A wrong opening time hurts a reader more "
    "than “ask the desk”. "
    "Signed by the head librarian.",
    "failures": "No page fits: the reader is told “I did not find this”, with the desk’s number beside it. The chat "
    "goes to the desk "
    "from nine to six; at night it takes a note instead.",
    "slices": "Polish versus English questions (n = 60 and n = 110); short questions against long ones, each with its interval.",
    "monitoring": "Thumbs down per 100 answers; if there are more than eight in a week, Amira reads all of them on Monday.",
    "retraining": "The index is rebuilt every night. A new prompt or model is tried after a law changes, or if thumbs "
    "down pass ten in 100. "
    "Owner: Amira Haddad.",
    "cost": "Two cents an answer, so $20 per 1,000; half the answers come within three seconds, 95 in 100 within eight.",
    "rollback": "Jonas switches the chat off in the site’s settings. That takes two minutes; the search box is still there.",
    "oversight": "Every librarian can correct an answer for good and say no to a page as a source. An answer is shown "
    "with its page, "
    "so that they can judge it.",
    "not_now": "Loans and fines: these need a login, and no reader asked for it so far.",
}

# An insurer routes claims: terse, with terms of the trade.
CLAIMS: Mapping[str, str] = {
    "problem": "Claims handlers at our travel insurer open every claim in order of arrival. Simple ones, about 45% of 900 a day, "
    "wait as long as hard ones.",
    "success": "Median time to payment for travellers with a simple claim: 6 days down to 1. Handling cost per claim: from £14 "
    "to £11.",
    "evaluation": "Backtest on 4,000 closed claims from the last quarter, stratified by product. Primary metric is precision on "
    "“simple”; secondary is coverage. Launch requires precision ≥ 0.97 with coverage ≥ 0.25. The risk analyst repeats "
    "it monthly.",
    "data": "Claim forms and payment history come from the claims system. Lawful basis: performance of the contract; checked "
    "by the DPO. Medical notes are excluded. Retention 6 years.",
    "baseline": "Current triage rule (amount under £150 and no injury): precision 0.91, coverage 0.18.",
    "threshold": "Auto-route at p > 0.93. Paying a wrong claim costs us about £400, a slow claim costs about £3, hence the high "
    "cut. Approved by the head of claims.",
    "failures": "If the score is missing, the claim joins the normal queue and the traveller gets the usual mail. If a claim was "
    "routed wrongly, the handler sends it back with one key; the traveller sees “we need one more day”.",
    "slices": "UK vs EU policies, under 25 vs over 65, web vs phone: precision and 95% interval for each, minimum 200 claims.",
    "monitoring": "Weekly: reversal rate (alarm above 2%), routed share (alarm if it moves by more than 5 points), population "
    "stability of the amount. Dashboards owned by the risk analyst.",
    "retraining": "Retrain when reversal rate exceeds 2% for 3 weeks, or after a product change. Accountable: Leila "
    "(risk analytics lead). Challenger must win on the newest 1,000 claims.",
    "cost": "No model API; hosting 120 GBP a month, about 0.5p per claim. Scores within 200 ms p95; at 9,000 claims a day the "
    "same.",
    "rollback": "Feature flag off = the current rule. Platform on-call, 5 minutes, rehearsed each quarter.",
    "oversight": "Handlers may reverse any routing; they see the three reasons and the documents. No claim is declined by the "
    "model. The head of claims can halt it.",
    "not_now": "Declining claims: out, since a person must decide on that.",
}
# Schools draft letters: plain words, no term of the trade.
SCHOOLS: Mapping[str, str] = {
    "problem": "Parents of 31 schools write to us in four languages and wait two weeks.",
    "success": "Parents get a reply the same day in 80% of cases. The office needs one temp fewer, 28,000 francs a year.",
    "evaluation": "We keep 150 letters aside. Two secretaries mark each draft as “send”, “edit” or “bin”. We launch if at most "
    "5 of 150 are binned and 100 or more are sent as they are.",
    "data": "Letters of the past year out of the shared mailbox. The canton’s data protection office gave its consent; "
    "children’s names are replaced.",
    "baseline": "Templates: secretaries send 38 of 150 unchanged.",
    "threshold": "No draft is shown if the retrieval score is under 0.6. A wrong date in a letter is worse than no draft.",
    "failures": "The secretary sees an empty draft with the note “nothing found” and writes the letter herself.",
    "slices": "German (80), Albanian (30), Turkish (25) and Portuguese (15); for the last we say that it is too few.",
    "monitoring": "Share of drafts binned per language; more than one in ten in any month and the project lead stops "
    "the language.",
    "retraining": "The prompt and the templates are looked at each term by the head secretary, who owns them.",
    "cost": "4 centimes a letter (0.04 CHF), drafts in 10 seconds.",
    "rollback": "The IT coordinator removes the button within the hour.",
    "oversight": "No letter leaves without a secretary’s signature; she may throw any draft away.",
    "not_now": "Phone calls. Recording them needs a law we do not have.",
}

Mutations = Mapping[tuple[str, str], tuple[str, str]]

# (part, beginning of what is asked for) -> what stands in the text, and what is left of it.
OF_GOOD: Mutations = {
    ("problem", "who has"): (
        "By then some 900 customers have ordered it. The 14 buyers of the shop read reviews by hand, about 200 of the "
        "2,600 that come in "
        "each week, and each finds other ones.",
        "",
    ),
    ("problem", "a figure"): (
        "after about six weeks, when the returns are counted. By then some 900 customers have ordered it. The 14 "
        "buyers of the shop read "
        "reviews by hand, about 200 of the 2,600 that come in each week, and each finds other ones.",
        "late by the buyers.",
    ),
    ("success", "a figure for users"): ("For buyers: from 6 hours of reading a week to 2.", ""),
    ("success", "a figure for the business"): ("from 11% to 9% of orders within two seasons", ""),
    ("evaluation", "the number of cases"): ("600 reviews", "reviews"),
    ("evaluation", "the bar"): (
        "at least 80% at a precision of at least 60%, lower end of the 95% interval included",
        "a good height",
    ),
    ("data", "the source"): ("Source: reviews exported from the shop’s own database, with", "Reviews, with"),
    ("data", "the right"): (
        "The terms of the shop allow analysis to improve products, and the data protection officer agreed in writing "
        "on 3 November 2026.",
        "",
    ),
    ("baseline", "the figure"): (
        "recall 55%, precision 48%. Reading by hand finds about 8% of the complaints, because 92% of the reviews are "
        "never opened.",
        "poor.",
    ),
    ("threshold", "which of the two"): (
        "A miss costs more than a false alarm: a missed fault means about 30 returns a week, a false alarm costs a "
        "buyer 20 seconds.",
        "",
    ),
    ("slices", "at least two groups"): (
        "Buyers under 30: 77% (69% to 84%), n = 118. Buyers over 60: 74% (60% to 85%), n = 46. Dresses: 82%, n = 240. "
        "Trousers: 79%, n = 96.",
        "By age band and by garment.",
    ),
    ("monitoring", "the line"): (
        "Line: above 45% in two weeks running. Signal two: the share of reviews flagged. Line: outside 4% to 12%. "
        "Signal three: recall on "
        "the Monday sample. Line: below 70%.",
        "",
    ),
    ("retraining", "the owner"): ("The data scientist owns retraining.", ""),
    ("retraining", "the trigger"): ("Trigger: recall on the Monday sample below 70% for two weeks, or a new garment class.", ""),
    ("cost", "a price"): (
        "€0.90 per 1,000 reviews at today’s 11,000 a month; €0.70 at ten times as many, by the vendor’s list of 5 November 2026.",
        "",
    ),
    ("cost", "the waiting time"): (
        "Waiting time: nine of ten lists open within 2 seconds, the slowest in 6 seconds; at ten times the volume 3 "
        "and 11 seconds.",
        "",
    ),
    ("rollback", "who"): (
        "The engineer on duty throws it within 15 minutes of a call by any buyer; no ticket is needed.",
        "It takes 15 minutes.",
    ),
    ("rollback", "how long"): ("within 15 minutes of a call by any buyer", "after a call"),
    ("oversight", "who can overrule"): (
        "A buyer can overrule every flag and needs no reason; she has the whole review, the score and the words that "
        "weighed most, and two "
        "hours a week for it. The head of buying can switch the feature off.",
        "",
    ),
    ("not_now", "why"): (
        "Photos, because we have no permission to analyse them. Advice on size to customers, until the figures hold "
        "for a season. Reviews "
        "in French: too few labels.",
        "Photos and advice.",
    ),
}
OF_LIBRARY: Mutations = {
    ("success", "a figure for users"): (" in under a minute for seven in ten questions (today: 9 minutes on hold)", ""),
    ("success", "a figure for the business"): ("drops from 30 to 12 hours a month", "drops"),
    ("evaluation", "the number of cases"): ("Two hundred real questions", "Real questions"),
    ("evaluation", "the bar"): ("- Pass mark: no fewer than 95% of them supported\n", ""),
    ("data", "the source"): (", exported nightly from the content system", ""),
    ("data", "the right"): (
        "We own the copyright. Questions are logged for 14 days, with the consent of the reader, asked for in the first message.",
        "",
    ),
    ("baseline", "what it must beat"): ("The site’s search box, as people use it now, leads", "It leads"),
    ("baseline", "the figure"): ("for 41 of 100 questions", "seldom"),
    ("threshold", "the figure"): ("if the best page scores 0.7 or more", "if a page fits"),
    ("threshold", "which of the two"): ("A wrong opening time hurts a reader more than “ask the desk”.", ""),
    ("failures", "what the user sees"): (
        "the reader is told “I did not find this”, with the desk’s number beside it",
        "the bot stops",
    ),
    ("failures", "the fallback"): ("The chat goes to the desk from nine to six; at night it takes a note instead.", ""),
    ("slices", "at least two groups"): (
        "Polish versus English questions (n = 60 and n = 110); short questions against long ones",
        "By language",
    ),
    ("slices", "the number of cases"): (" (n = 60 and n = 110); short questions against long ones, each with its interval", ""),
    ("monitoring", "a signal"): (
        "Thumbs down per 100 answers; if there are more than eight in a week",
        "If there are more than eight in a week",
    ),
    ("monitoring", "the line"): (
        "if there are more than eight in a week, Amira reads all of them on Monday",
        "Amira reads all of them",
    ),
    ("retraining", "the trigger"): (
        "every night. A new prompt or model is tried after a law changes, or if thumbs down pass ten in 100.",
        "by a script.",
    ),
    ("retraining", "the owner"): ("Owner: Amira Haddad.", ""),
    ("cost", "a price"): ("Two cents an answer, so $20 per 1,000; half", "Half"),
    ("cost", "the waiting time"): ("; half the answers come within three seconds, 95 in 100 within eight", ""),
    ("rollback", "who"): (
        "Jonas switches the chat off in the site’s settings.",
        "The chat is switched off in the site’s settings.",
    ),
    ("rollback", "how long"): ("That takes two minutes; the", "The"),
    ("oversight", "who can overrule"): ("Every librarian can correct an answer for good and say no to a page as a source.", ""),
    ("not_now", "why"): (": these need a login, and no reader asked for it so far", ""),
}
