#!/usr/bin/env python3
# Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
"""Starts `tripsis demo` on its own folder and runs a browser test against it, else that of the whole loop: browser.py NODE [SCRIPT]"""
import os
import subprocess
import sys

from datetime import datetime
from zoneinfo import ZoneInfo

from tripsis import ROOT, Server

script = sys.argv[2] if len(sys.argv) > 2 else "loop.mjs"
# Today by name: then the calendar is the one of 10:20, whatever the hour of the test.
today = datetime.now(ZoneInfo("America/New_York")).date().isoformat()
with Server("demo", options=["--seed", "1", "--today", today]) as server:
    print(f"the demo answered after {server.seconds_to_start:.1f} s")
    status = subprocess.run([sys.argv[1], str(ROOT / "tests/e2e" / script)], timeout=900,
                            env={**os.environ, "BASE_URL": f"http://127.0.0.1:{server.port}",
                                 "TRIPSIS_DATA": str(server.folder)}).returncode
sys.exit(status)
