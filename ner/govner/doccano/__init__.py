"""doccano: a server in one command, and a round trip that loses nothing."""

from .home import Home
from .pull import Pulled, pull
from .push import Pushed, push
from .server import down, ensure_up, running, sweep
from .status import ProjectStatus, project_statuses

__all__ = [
    "Home",
    "ProjectStatus",
    "Pulled",
    "Pushed",
    "down",
    "ensure_up",
    "project_statuses",
    "pull",
    "push",
    "running",
    "sweep",
]
