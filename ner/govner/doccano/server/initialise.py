"""Bring the database up to date and make the admin; runs in the server's environment.

The password comes on standard input, for a command line can be read by others.
"""

import sys

import django
from django.core.management import call_command

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402 - only after setup

call_command("migrate", verbosity=0)
call_command("create_roles", verbosity=0)
admin, _ = get_user_model().objects.get_or_create(
    username="admin", defaults={"email": "admin@localhost.localdomain"}
)
admin.is_superuser = admin.is_staff = True
admin.set_password(sys.stdin.read().strip())
admin.save()
