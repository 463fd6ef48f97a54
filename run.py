"""Run kehoach, or its tests, on a machine that has nothing but Python 3.11 or later.

    python3 run.py tasks --agency "Sở Y tế"     run the program
    python3 run.py --test                       run the tests

Uses uv where it is installed; else installs a pinned uv into this folder; else falls back to venv and pip. Nothing outside
this folder is changed.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
UV = "uv==0.13.9"
OLDEST = (3, 11)


def main() -> int:
    """Return the exit code of the program or of the tests."""
    if sys.version_info < OLDEST:
        sys.stderr.write("kehoach cần Python 3.11 trở lên (kehoach needs Python 3.11 or later)\n")
        return 3
    tests = sys.argv[1:2] == ["--test"]
    arguments = ["-m", "pytest", "-n", "auto", *sys.argv[2:]] if tests else ["-m", "kehoach_cli", *sys.argv[1:]]
    python = with_uv() or with_pip()
    if python is None:
        sys.stderr.write("không cài được các thư viện cần thiết; kiểm tra kết nối mạng rồi chạy lại\n")
        return 3
    return subprocess.call([str(python), *arguments], cwd=ROOT if tests else None)


def with_uv() -> Path | None:
    """Return the interpreter of an environment synchronised with uv.lock, None where uv cannot be had."""
    uv = shutil.which("uv") or own_uv()
    if uv is None:
        return None
    # Use the interpreter at hand; uv must not download one.
    # Use the system's certificates: many offices have a proxy with its own certificate.
    environment = {
        **os.environ,
        "UV_PYTHON_DOWNLOADS": "never",
        "UV_SYSTEM_CERTS": "1",
        "UV_PROJECT_ENVIRONMENT": str(ROOT / ".venv"),
    }
    command = [uv, "sync", "--quiet", "--locked", "--project", str(ROOT), "--python", sys.executable]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.stderr.write(f"uv: {done.stderr.strip()}\n")
        return None
    return interpreter(ROOT / ".venv")


def own_uv() -> str | None:
    """Return a uv installed into this folder, which works where venv lacks pip and where system packages are locked."""
    folder = ROOT / ".bootstrap"
    found = shutil.which("uv", path=str(folder / "bin"))
    if found is None:
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(folder), UV]
        subprocess.run(command, capture_output=True, check=False)
        found = shutil.which("uv", path=str(folder / "bin"))
    return found


def with_pip() -> Path | None:
    """Return the interpreter of a plain virtual environment, made anew when pyproject.toml or Python changes."""
    folder = ROOT / ".venv-pip"
    python = interpreter(folder)
    stamp = folder / "stamp"
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + sys.version.encode()).hexdigest()
    if stamp.is_file() and stamp.read_text(encoding="ascii") == wanted:
        return python
    for command in (
        [sys.executable, "-m", "venv", "--clear", str(folder)],
        [str(python), "-m", "pip", "install", "--quiet", "-e", f"{ROOT}[dev]"],
    ):
        if subprocess.call(command):
            return None
    stamp.write_text(wanted, encoding="ascii")
    return python


def interpreter(environment: Path) -> Path:
    """Return where a virtual environment keeps its Python."""
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


if __name__ == "__main__":
    sys.exit(main())
