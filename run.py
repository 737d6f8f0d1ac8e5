#!/usr/bin/env python3
"""Sets everything up and runs Cohesion QDA, or its tests, with the standard library alone.

python3 run.py                  open the window on the sample study; without a display, build the sample study
and its findings report in the folder `demo`
python3 run.py ARGUMENTS        hand the arguments to the program (`python3 run.py import study.cqda talk.docx`)
python3 run.py test ARGUMENTS   run the tests; the arguments go to pytest
"""

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
}
DISPLAY_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxcb-randr.so.0": "libxcb-randr0",
}


def say(sentence):
    """A message beside the program's own output."""
    print(sentence, file=sys.stderr, flush=True)


def has_display():
    """Whether a window could be shown."""
    if sys.platform.startswith("linux"):
        return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return True


def loads(library):
    """Whether the system has a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def system_libraries():
    """Install the system libraries that Qt needs where that is allowed, or say which command does it."""
    if not sys.platform.startswith("linux"):
        return
    wanted = {**LIBRARIES, **(DISPLAY_LIBRARIES if has_display() else {})}
    packages = [package for library, package in wanted.items() if not loads(library)]
    if not packages:
        return
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if shutil.which("apt-get") and os.geteuid() == 0:
        say("Installing the system libraries that Qt needs: " + " ".join(packages))
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], check=False, env=quiet, stdout=subprocess.DEVNULL)
        done = subprocess.run(install, check=False, env=quiet, stdout=subprocess.DEVNULL)
        if done.returncode == 0:
            return
    if shutil.which("apt-get"):
        sys.exit("Some system libraries are missing. Run this, then try again: sudo " + " ".join(install))
    sys.exit("Some system libraries that Qt needs are missing; install these with your system's packages, then try again: "
             + " ".join(library for library in wanted if not loads(library)))  # fmt: skip


def environment(lock):
    """Make .venv with exactly what `lock` names, each file checked against its hash; again only when it changes."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file must run to say so
        sys.exit(
            f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}. Install a newer Python, then try again."
        )
    stamp = VENV / "stamp"
    wanted = {lock.name: hashlib.sha256(lock.read_bytes() + sys.version.encode() + str(VENV).encode()).hexdigest()}
    have = dict(line.split() for line in stamp.read_text().splitlines()) if stamp.exists() else {}
    if have.get(lock.name) == wanted[lock.name] and PYTHON.exists():
        return
    started = time.monotonic()
    say("Setting up: this is done once and takes a minute or two.")
    pip = [str(PYTHON), "-m", "pip"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    make = [sys.executable, "-m", "venv", "--clear"]
    fresh = not have or not PYTHON.exists()
    if fresh and subprocess.run([*make, str(VENV)], check=False, **quiet).returncode:
        subprocess.run([*make, "--without-pip", str(VENV)], check=True)
    if subprocess.run([*pip, "--version"], check=False, **quiet).returncode:  # Debian without python3-venv
        pip = [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    done = subprocess.run(
        [*pip, "install", "-qq", "--disable-pip-version-check", "--no-input", "--only-binary", ":all:",
         "--require-hashes", "-r", str(lock)], check=False)  # fmt: skip
    if done.returncode:
        sys.exit("The packages could not be installed; the lines above say why. Check the connection and the free disk "
                 "space (about 1.5 GB is needed), then try again.")  # fmt: skip
    stamp.write_text("".join(f"{name} {value}\n" for name, value in {**have, **wanted}.items()))
    say(f"Set up in {time.monotonic() - started:.0f} s.")


def main():
    """Set up what is needed, then hand over."""
    arguments = sys.argv[1:]
    testing = arguments[:1] in (["test"], ["bench"])
    system_libraries()
    environment(ROOT / ("requirements-dev.lock" if testing else "requirements.lock"))
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    if testing:
        if not has_display():
            env.setdefault("QT_QPA_PLATFORM", "offscreen")
        module = "pytest" if arguments[0] == "test" else "tests.benchmarks"
        sys.exit(subprocess.call([str(PYTHON), "-m", module, *arguments[1:]], cwd=ROOT, env=env))
    if not arguments and not has_display():
        arguments = ["demo", str(ROOT / "demo")]
    elif not arguments:
        arguments = ["--first-time"]
    sys.exit(subprocess.call([str(PYTHON), "-m", "cohesion_qda", *arguments], env=env))


if __name__ == "__main__":
    main()
