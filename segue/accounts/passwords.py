"""What somebody may sign in with: names and passwords that will do."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from segue.accounts.models import User
from segue.core.errors import UserError


def check_name(name: str) -> str:
    """A name as it is kept. Raises ``UserError`` where it can't be one, or somebody has it, in capitals or not."""
    name = User.normalize_username(name)
    try:
        User(username=name).clean_fields(exclude=[field.name for field in User._meta.fields if field.name != "username"])
    except ValidationError as error:
        raise UserError(f"“{name}” can't be a name to sign in with.", " ".join(error.messages)) from error
    if User.objects.filter(username__iexact=name).exists():
        mend = f"Choose another name, or give that one another password: segue set-password {name}"
        raise UserError(f"There is somebody called “{name}” already.", mend)
    return name


def check_password(password: str, name: str) -> None:
    """Raises ``UserError`` for a password that is easily guessed."""
    try:
        validate_password(password, User(username=name))
    except ValidationError as error:
        raise UserError("This password won't do.", " ".join(error.messages)) from error
