"""The terms of the ads: all there, found as whole words, told from what only looks like them; faults of the file."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest

from segue.curriculum.faults import ContentError
from segue.work.transition.term_file import PATH, read_terms
from segue.work.transition.terms import Form, Term, hits_in, terms, terms_by_id, terms_in

# The 68 of programme.md 6.4, in its order, by the ids they have here.
WANTED = """
machine-learning deep-learning generative-ai large-language-model natural-language-processing computer-vision
recommender-systems search-and-retrieval embeddings retrieval-augmented-generation prompt-engineering fine-tuning
ai-agents conversational-ai forecasting anomaly-detection problem-framing ai-feasibility prototyping product-discovery
human-ai-interaction human-in-the-loop data-strategy data-quality data-labelling data-pipeline sql python
data-governance privacy synthetic-data model-evaluation evaluation-metrics error-analysis hallucination llm-as-judge
ab-testing success-metrics quality-bar red-teaming model-lifecycle deployment monitoring drift retraining latency
cost-optimisation roll-out api-platform cloud-ai-services experiment-tracking responsible-ai bias-and-fairness
explainability ai-safety ai-governance ai-regulation model-card cross-functional-leadership stakeholder-management
communicate-technical-concepts product-strategy prd build-vs-buy go-to-market pricing domain-expertise
customer-feedback-analysis
"""

# A text, a term that stands in it, and one that only seems to.
TRAPS = (
    ("Please send your CV to us.", "", "computer-vision"),
    ("NLP and CV models on camera images", "computer-vision", ""),
    ("RAG status is red this month", "", "retrieval-augmented-generation"),
    ("Monthly RAG reports to the board", "", "retrieval-augmented-generation"),
    ("You have built RAG with LLMs", "retrieval-augmented-generation", ""),
    ("wipe the floor with a rag", "", "retrieval-augmented-generation"),
    ("A solid grounding in statistics", "", "retrieval-augmented-generation"),
    ("Grounding answers in retrieval", "retrieval-augmented-generation", ""),
    ("At 5 PM we go home", "", "product-management"),
    ("Work as a PM with engineers", "product-management", ""),
    ("The project manager (PM) reports", "", "product-management"),
    ("You know ML and AI/ML", "machine-learning", ""),
    ("ml in small letters", "", "machine-learning"),
    ("500 ML of water", "", "machine-learning"),
    ("Our 2,000 real estate agents use AI tools", "", "ai-agents"),
    ("80,000 support agents and an LLM", "", "ai-agents"),
    ("AI agents that use tools", "ai-agents", ""),
    ("Agents with LLM tools", "ai-agents", ""),
    ("Microsoft certification (MCP)", "", "ai-agents"),
    ("MCP servers", "ai-agents", ""),
    ("Build financial models in Excel", "", "machine-learning"),
    ("model risk management", "ai-governance", "anomaly-detection"),
    ("Your voice counts", "", "conversational-ai"),
    ("voice of the customer", "customer-feedback-analysis", "conversational-ai"),
    ("A voice bot with speech recognition", "conversational-ai", ""),
    ("the assistant manager", "", "conversational-ai"),
    ("an AI assistant", "conversational-ai", ""),
    ("a budget for your job search", "", "domain-expertise"),
    ("semantic search", "search-and-retrieval", "domain-expertise"),
    ("experience with ads", "domain-expertise", ""),
    ("health and safety experience", "", "domain-expertise"),
    ("mental health and health insurance, with experience", "", "domain-expertise"),
    ("experience in health", "domain-expertise", ""),
    ("Make recommendations to the board", "", "recommender-systems"),
    ("recommendations from a ranking model", "recommender-systems", ""),
    ("computer vision", "computer-vision", "product-strategy"),
    ("dental and vision insurance", "", "product-strategy"),
    ("product vision", "product-strategy", ""),
    ("bias for action", "", "bias-and-fairness"),
    ("bias in models", "bias-and-fairness", ""),
    ("Canary Wharf", "", "roll-out"),
    ("canary releases", "roll-out", ""),
    ("a product recall", "", "evaluation-metrics"),
    ("precision and recall", "evaluation-metrics", ""),
    ("precision engineering", "", "evaluation-metrics"),
    ("serving customers", "", "deployment"),
    ("user retention", "", "data-governance"),
    ("retention of records", "data-governance", ""),
    ("adoption leave", "", "go-to-market"),
    ("actuarial pricing", "", "pricing"),
    ("patient monitoring in production", "", "monitoring"),
    ("salary benchmark for AI", "", "model-evaluation"),
    ("stakeholder alignment", "stakeholder-management", "ai-safety"),
    ("guardrail metrics", "success-metrics", "ai-safety"),
    ("a laptop or notebook with Python, a laptop", "python", ""),
    ("snowflake decorations at christmas, Snowflake", "", "sql"),
    ("we use AI in our hiring process", "", "ai-products"),
    ("pay transparency and AI", "ai-products", "explainability"),
)
WRITTEN = (
    ("personalization and prioritization", {"recommender-systems", "product-strategy"}),
    ("personalisation and prioritisation", {"recommender-systems", "product-strategy"}),
    ("data labeling, labelled data", {"data-labelling"}),
    ("productionized and productionised", {"deployment"}),
    ("human-centered AI; human centred AI", {"human-ai-interaction"}),
    ("monetization, monetise", {"pricing"}),
    ("LLMs, large-language models, Large\nlanguage model", {"large-language-model"}),
    ("ﬁne-tuning and r\u00adetraining of models", {"fine-tuning", "retraining"}),
    ("A/B tests, A/B-testing", {"ab-testing"}),
    ("maschinelles Lernen und große Sprachmodelle", {"machine-learning", "large-language-model"}),
    ("PYTHON, MACHINE LEARNING", {"python", "machine-learning"}),
    ("proofs of concept", {"ai-feasibility"}),
    ("Weights & Biases", {"experiment-tracking"}),
    ("go/no-go", {"quality-bar"}),
)


def test_all_terms_of_the_programme_are_there() -> None:
    assert len(WANTED.split()) == 68
    trade = [term.id for term in terms() if not term.is_classic]
    assert set(WANTED.split()) == set(trade) - {"ai-products"}
    assert sum(term.is_classic for term in terms()) >= 12


def test_what_shows_a_term_is_known_to_the_programme() -> None:
    without = {term.id for term in terms() if not term.is_classic and not term.kinds and not term.concepts}
    assert without <= {"computer-vision", "conversational-ai", "anomaly-detection", "sql", "python", "synthetic-data"} | {
        "api-platform",
        "cloud-ai-services",
        "go-to-market",
        "pricing",
        "domain-expertise",
    }


@pytest.mark.parametrize(
    "form", [pytest.param((term, form), id=f"{term.id}-{form.text}") for term in terms() for form in term.forms]
)
def test_every_form_is_found_in_the_right_company(form: tuple[Term, Form]) -> None:
    term, written = form
    assert term.id in terms_in(sentence_with(written)), sentence_with(written)


def sentence_with(form: Form) -> str:
    return f"It says {form.text}, such as {form.only_if[0] if form.only_if else 'this'}"


@pytest.mark.parametrize(("text", "stands", "seems"), TRAPS)
def test_ambiguous_words_count_by_their_company(text: str, stands: str, seems: str) -> None:
    found = set(terms_in(text))
    assert not stands or stands in found
    assert not seems or seems not in found


@pytest.mark.parametrize(("text", "wanted"), WRITTEN)
def test_spellings(text: str, wanted: set[str]) -> None:
    assert set(terms_in(text)) == wanted


def test_places_are_where_the_words_stand_and_never_overlap() -> None:
    text = "LLM product, large language model evaluation, and AI product managers"
    for term, spans in terms_in(text).items():
        for start, end in spans:
            assert text[start:end].strip() == text[start:end], term
    hits = hits_in(text)
    assert all(a.end <= b.start for a, b in pairwise(hits))


@pytest.mark.parametrize("part", ["We need LLM evals, A/B tests. ", "agent AI ", "a", "AI agent RAG ML ", "\n", "’", "\u0301a"])
def test_200_kb_take_little_time_whatever_they_hold(part: str) -> None:
    text = (part * (200_000 // len(part) + 1))[:200_000]
    start = time.process_time()
    terms_in(text)
    assert time.process_time() - start < 3


def test_faults_of_the_file_are_told_with_their_line() -> None:
    raw = b"""ai:
  - id: one
    name: one
    competencies: [C1, C99]
    words: [one]
    kinds: [runn]
    concepts: [drift]
  - id: one
    name: two
    competencies: [C1]
    words: [one, two]
    doubtful:
      - {word: three, if: [four]}
classic:
  - id: five
    name: five
    competencies: [C1]
    words: [five]
"""
    with pytest.raises(ContentError) as caught:
        read_terms(raw)
    told = "\n".join(str(fault) for fault in caught.value.faults)
    assert "no 'C99'" in told
    assert "did you mean 'run'" in told
    assert "'one' was given before" in told
    assert {fault.line for fault in caught.value.faults} == {4, 6, 8}


def test_a_doubtful_word_needs_a_condition() -> None:
    raw = b"ai:\n  - {id: a, name: a, competencies: [C1], words: [b], doubtful: [{word: c}]}\nclassic: []\n"
    with pytest.raises(ContentError, match="belongs under 'words'"):
        read_terms(raw)


def test_the_file_that_ships_has_no_faults() -> None:
    assert read_terms(PATH.read_bytes()) == terms()
    assert all(term.competency.startswith("C") for term in terms_by_id().values())
