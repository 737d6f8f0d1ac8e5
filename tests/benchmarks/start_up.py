"""How long until the window is painted, beside a bare PySide6 window with one label; and the memory it takes.

Run it with `python3 tests/benchmarks/start_up.py`. Each run is a fresh process, the two kinds in turn; bytecode is
compiled beforehand into a folder of its own. The promise: at most 1.5 times the bare window, at most 150 MB, and
none of the heavy libraries imported.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
RUNS = 15
MOST_TIMES, MOST_MEGABYTES = 1.5, 150
HEAVY = ("spacy", "sklearn", "matplotlib", "wordcloud", "pandas", "numpy", "sqlite_utils", "sqlcipher3", "docx")

BARE = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, painted)  # when the whole window, its children too, has been painted
def painted():
    done.append(time.monotonic())
    app.quit()
done = []
app = QApplication(["bare"])
window = Window()
window.setCentralWidget(QLabel("Hello"))
window.resize(1440, 900)
window.show()
app.exec()
"""

OURS = """
import sys, time
sys.path.insert(0, sys.argv[2])
from cohesion_qda.ui import app as program
done = []
def settle(window, wanted, practice):
    done.append(time.monotonic())  # called as the bare window's `painted` is
    heavy = [name for name in sys.argv[3].split(",") if name in sys.modules]
    if heavy:
        print("imported too early:", ", ".join(heavy), file=sys.stderr)
    window.close()
program.settle = settle
program.main([])
"""

REPORT = """
import json
peak = int([line for line in open("/proc/self/status") if line.startswith("VmHWM")][0].split()[1]) if sys.platform == "linux" else 0
print(json.dumps([done[0] - float(sys.argv[1]), peak / 1024]))
"""


def run(code: str, cache: str) -> tuple[float, float]:
    """Seconds until the first paint, and the most memory in megabytes, of one fresh process."""
    import time

    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PYTHONPYCACHEPREFIX": cache, "HOME": cache, "XDG_CONFIG_HOME": cache}
    environment.pop("COHESION_QDA_CONFIG", None)
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    started = time.monotonic()
    command = [sys.executable, "-c", code + REPORT, repr(started), str(ROOT), ",".join(HEAVY)]
    answer = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=60)
    complaint = [line for line in answer.stderr.splitlines() if "too early" in line]
    if complaint:
        print(complaint[0])
    seconds, megabytes = json.loads(answer.stdout.splitlines()[-1])
    return seconds, megabytes


def main() -> int:
    """Print both times, the ratio and the memory; 1 when a promise is broken."""
    with tempfile.TemporaryDirectory() as cache:
        for code in (BARE, OURS):
            run(code, cache)
        pairs = [(run(BARE, cache), run(OURS, cache)) for _ in range(RUNS)]
    bare = statistics.median(pair[0][0] for pair in pairs)
    ours = statistics.median(pair[1][0] for pair in pairs)
    ratio = statistics.median(pair[1][0] / pair[0][0] for pair in pairs)
    memory = max(pair[1][1] for pair in pairs)
    print(f"bare window painted   {bare * 1000:6.0f} ms")
    print(f"our window painted    {ours * 1000:6.0f} ms")
    print(f"ratio (median of {RUNS})  {ratio:6.2f}     at most {MOST_TIMES}")
    print(
        f"memory at its highest {memory:6.0f} MB  at most {MOST_MEGABYTES} (bare: {max(p[0][1] for p in pairs):.0f} MB)"
    )
    return int(ratio > MOST_TIMES or memory > MOST_MEGABYTES)


if __name__ == "__main__":
    sys.exit(main())
