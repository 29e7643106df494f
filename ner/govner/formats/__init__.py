"""Other tools' files, both ways: one module a format, each with ``write`` and ``read``.

``write(path, documents)`` writes documents; ``read(path)`` gives them back as ``Annotated``, what
the file says about them, which ``reconcile`` puts onto the documents that were exported.
"""

from .annotated import Annotated, reconcile
from .table import FORMATS, export_documents, import_documents

__all__ = ["FORMATS", "Annotated", "export_documents", "import_documents", "reconcile"]
