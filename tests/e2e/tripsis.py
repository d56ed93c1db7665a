# Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
"""Runs the released program for the end-to-end tests: a server on a free port with its own data folder, a client, and a count of checks."""
import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("TRIPSIS_PROGRAM", str(ROOT / "build/release/tripsis"))
SHARED = Path(os.environ.get("TRIPSIS_SHARED", ROOT / "../shared"))


class Number(str):
    """A JSON number as it was written: 2.10 is not 2.1."""


def parse(text):
    return json.loads(text, parse_float=Number, parse_int=Number)


def write(value):
    """JSON text in which Numbers keep their written form."""
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(k)}:{write(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(write, value)) + "]"
    return json.dumps(value)


def run(*arguments, **options):
    """One command of the program, to its end."""
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=600, **options)


class Client:
    """One keep-alive connection."""

    def __init__(self, port, token):
        self.port, self.token = port, token
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def call(self, method, path, body=None, headers=None):
        """Returns (status, parsed body or None, headers)."""
        all_headers = {"Authorization": f"Bearer {self.token}", "Accept": "application/fhir+json", **(headers or {})}
        data = None
        if body is not None:
            data = (body if isinstance(body, str) else write(body)).encode()
            all_headers.setdefault("Content-Type", "application/fhir+json")
        self.connection.request(method, path if path.startswith("/") else f"/fhir/R4/{path}", data, all_headers)
        response = self.connection.getresponse()
        raw = response.read()
        return response.status, parse(raw) if raw else None, response.headers


class Server:
    """A running server; use as a context. `kill` is SIGKILL, `restart` starts it again on the same folder and port."""

    def __init__(self, command="serve", folder=None, options=()):
        self.own_folder = folder is None
        self.folder = Path(folder or tempfile.mkdtemp(prefix="tripsis-test-"))
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.command, self.options = command, list(options)
        self.log = self.folder.parent / (self.folder.name + ".log")
        self.start()
        self.token = run("token", "--data", self.folder, "--role", "owner").stdout.strip().splitlines()[-1]

    def start(self):
        began = time.monotonic()
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [PROGRAM, self.command, "--listen", f"127.0.0.1:{self.port}", "--data", str(self.folder), *self.options],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        while time.monotonic() - began < 60:
            if self.process.poll() is not None:
                raise RuntimeError(f"the server ended with status {self.process.returncode}:\n{self.log.read_text()[-2000:]}")
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/healthz")
                if connection.getresponse().status == 200:
                    self.seconds_to_start = time.monotonic() - began
                    return
            except OSError:
                time.sleep(0.01)
        raise RuntimeError("the server did not answer within a minute")

    def client(self):
        return Client(self.port, self.token)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        self.process.terminate()
        return self.process.wait(timeout=60)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.kill()
        if self.own_folder:
            shutil.rmtree(self.folder, ignore_errors=True)
        self.log.unlink(missing_ok=True)


class Checks:
    """Counts what was checked; a failure is printed and the rest goes on."""

    def __init__(self):
        self.passed = self.failed = self.skipped = 0

    def check(self, holds, what):
        if holds:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED: {what}", flush=True)
        return holds

    def skip(self, what):
        self.skipped += 1
        print(f"skipped: {what}")

    def close(self):
        print(f"{self.passed} passed, {self.failed} failed" + (f", {self.skipped} skipped" if self.skipped else ""))
        sys.exit(1 if self.failed else 0)
