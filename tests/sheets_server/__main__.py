"""A Sheets server to try things on.

python -m tests.sheets_server --port 0 prints its base URL and serves until it is stopped.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from sheets_server.server import SheetsServer  # noqa: E402 - found by the path above
from sheets_server.switches import Switches  # noqa: E402 - the same


def main() -> None:
    """Serve until Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m tests.sheets_server")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--key-file", type=Path, help="write a service account's key file here")
    parser.add_argument(
        "--quotas", action="store_true", help="60 a minute and account, 300 a project"
    )
    asked = parser.parse_args()
    switches = Switches(quota_per_user=60, quota_per_project=300) if asked.quotas else Switches()
    with SheetsServer(switches, port=asked.port) as server:
        if asked.key_file:
            asked.key_file.write_text(json.dumps(server.key_file(), indent=2), "utf-8")
        sys.stdout.write(f"{server.url}\n")
        sys.stdout.flush()
        try:
            server.wait()
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()
