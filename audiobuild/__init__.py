"""audiobuild turns articles into an audio edition: one MP3 with chapters."""

import os

__version__ = "0.1.0"

# Else onnxruntime tells its makers of every process in which it is imported, and keeps a number for the machine.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
