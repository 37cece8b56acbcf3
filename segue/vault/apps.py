"""Nothing lost: backups, export, import."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "segue.vault"
    label = "vault"
