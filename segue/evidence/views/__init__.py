"""The pages of the ledger: fetch with access, form, action, render or redirect."""
