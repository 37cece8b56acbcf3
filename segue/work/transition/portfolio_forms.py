"""Parsing of the portfolio: its cover, and what is said and masked of a piece."""

from __future__ import annotations

from django import forms

MOST_SAYS, MOST_TEXT = 2_000, 6_000
MOST_HIDDEN, MOST_WORDS = 200, 200


class CoverForm(forms.Form):
    """The first page."""

    title = forms.CharField(max_length=200, required=False, label="Title", help_text="Empty: “My work in AI product management”.")
    about = forms.CharField(
        max_length=MOST_TEXT,
        required=False,
        label="Who you are",
        help_text="What you do, for whom, and what these pieces have in common. An empty line begins a paragraph.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    hardest = forms.CharField(
        max_length=MOST_TEXT, required=False, label="What was the hardest", widget=forms.Textarea(attrs={"rows": 5})
    )


class PieceForm(forms.Form):
    """A piece: a few lines on it, and words that are not for others."""

    says = forms.CharField(
        max_length=MOST_SAYS,
        required=False,
        label="Five lines on it",
        help_text="What it was for, what you did, what came of it.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    hidden = forms.CharField(
        required=False,
        label="Words to mask, one a line",
        help_text="Names, firms, figures. They are masked in the title, the text and the figures, in any case.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def clean_hidden(self) -> list[str]:
        """The words, each once."""
        words = list(dict.fromkeys(line.strip() for line in self.cleaned_data["hidden"].splitlines() if line.strip()))
        if len(words) > MOST_HIDDEN or any(len(each) > MOST_WORDS for each in words):
            raise forms.ValidationError(f"Mask {MOST_HIDDEN} words or phrases at most, each of {MOST_WORDS} letters at most.")
        return words
