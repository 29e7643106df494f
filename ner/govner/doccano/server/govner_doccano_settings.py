"""Django settings on top of doccano's own; runs in the server's environment, not in govner's.

Loopback only, every file below one folder, one transaction an import, no silent retries. Without
``STANDALONE`` in the environment doccano does not serve the media folder, which it would do
without a login.
"""

import os
from pathlib import Path

from config.settings.production import *  # noqa: F403
from kombu.transport.sqlalchemy import Transport

Transport.polling_interval = 0.2  # seconds between two looks into the queue; 1 makes all wait

_HOME = Path(os.environ["GOVNER_DOCCANO_DATA"])

SECRET_KEY = (_HOME.parent / "secret-key").read_text(encoding="ascii").strip()
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
CORS_ORIGIN_ALLOW_ALL = False
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(_HOME / "db.sqlite3"),
        "OPTIONS": {"timeout": 60},
    }
}
MEDIA_ROOT = str(_HOME / "media")
DJANGO_DRF_FILEPOND_UPLOAD_TMP = str(_HOME / "uploads")
DJANGO_DRF_FILEPOND_FILE_STORE_PATH = MEDIA_ROOT
DJANGO_DRF_FILEPOND_ALLOW_EXTERNAL_UPLOAD_DIR = True

# The queue has a file of its own, so that a long import never locks it.
CELERY_BROKER_URL = f"sqla+sqlite:///{_HOME / 'queue.sqlite3'}"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# doccano would repeat a failed import for ever, and leave its rows behind each time.
CELERY_TASK_ANNOTATIONS = {"*": {"max_retries": 0}}
