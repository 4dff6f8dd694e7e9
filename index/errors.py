"""The errors a user can mend. Their text is Chinese and is shown as it is.

TiaoWenError
├── DocumentError      a file cannot be read as a document
├── NoDocumentsError   nothing to answer from
├── BrokenIndexError   an index is missing, broken, foreign, or made by another embedding
└── ModelError         an embedding model cannot be loaded
"""

from __future__ import annotations


class TiaoWenError(Exception):
    """Base of all errors whose message is meant for the user."""


class DocumentError(TiaoWenError):
    """A file cannot be read as a document: empty, binary, too large, unknown encoding."""


class NoDocumentsError(TiaoWenError):
    """A folder holds no document that could be read."""


class BrokenIndexError(TiaoWenError):
    """An index is missing, incomplete, of another schema, or made with another embedding."""


class ModelError(TiaoWenError):
    """An embedding model cannot be loaded."""
