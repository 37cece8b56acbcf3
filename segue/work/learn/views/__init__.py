"""The pages of months 1 and 2: fetch with access, form, action, render or redirect."""
