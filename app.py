"""Start the page: `python app.py`."""

from __future__ import annotations

import sys

from assistant.live import open_live
from assistant.settings import read_settings
from assistant.web.page import launch
from index.errors import TiaoWenError


def main() -> int:
    """Serve the page until interrupted; return the exit status, 2 for what the user can mend."""
    try:
        settings = read_settings()
        launch(open_live(settings), settings.host, settings.port)
    except TiaoWenError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
