"""Bring the database and the queue up to date, make the admin; runs in the server's environment.

The password comes on standard input, for a command line can be read by others.
"""

import sys

import django
from django.core.management import call_command

django.setup()

from config.celery import app  # noqa: E402 - only after setup
from django.contrib.auth import get_user_model  # noqa: E402

call_command("migrate", verbosity=0)
call_command("create_roles", verbosity=0)
admin, _ = get_user_model().objects.get_or_create(
    username="admin", defaults={"email": "admin@localhost.localdomain"}
)
admin.is_superuser = admin.is_staff = True
admin.set_password(sys.stdin.read().strip())
admin.save()

# The web process and the worker begin together. kombu makes the queue's tables where they are
# missing, but does not look out for another process that does the same; the second one would die.
with app.connection_for_write() as connection:
    for queue in app.amqp.queues.values():
        queue(connection.default_channel).declare()
