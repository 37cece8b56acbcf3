"""The pages of the plan: fetch, form, action, render or redirect."""
