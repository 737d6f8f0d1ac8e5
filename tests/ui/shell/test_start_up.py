"""What is loaded before the window is seen."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
HEAVY = (
    "spacy sklearn matplotlib wordcloud pandas numpy sqlite_utils sqlcipher3 sqlite3 docx openpyxl xlsxwriter jinja2"
)

CODE = """
import sys
from cohesion_qda.ui import app as program
settle = program.settle
def settled(window, wanted, practice):
    early = [name for name in sys.argv[1].split() if name in sys.modules]
    print("early:", *early)
    print("workspace:", "cohesion_qda.ui.workspace" in sys.modules, "project:", "cohesion_qda.project" in sys.modules)
    settle(window, wanted, practice)
    print("menus:", len(window.menuBar().actions()))
    window.close()
program.settle = settled
print("ended:", program.main([]))
import threading
print("threads:", threading.active_count())
"""


def test_the_window_is_seen_before_anything_heavy_is_loaded(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "COHESION_QDA_CONFIG": str(tmp_path),
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", CODE, HEAVY], env=environment, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split("\n")[:-1] == [
        "early:",
        "workspace: False project: False",
        "menus: 5",
        "ended: 0",
        "threads: 1",
    ]
