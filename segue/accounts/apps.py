"""ACCOUNTS: who is here."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "segue.accounts"
    label = "accounts"
