"""The pages of the Lab: fetch with access, form, action, render or redirect."""
