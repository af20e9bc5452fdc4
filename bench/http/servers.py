"""The servers that are measured, as processes on ports of their own choice: Convene, and the peer under gunicorn."""
import contextlib
import http.client
import json
import os
import pathlib
import shutil
import signal
import struct
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
# Where Debian's packages are, whatever Python runs this.
PYTHON = "/usr/bin/python3"
TICKS = os.sysconf("SC_CLK_TCK")
PACKAGES = "wrk gunicorn python3-django python3-djangorestframework python3-icalendar python3-psycopg2 postgresql"


def require_tools():
    missing = [tool for tool in ["wrk", "dotnet"] if shutil.which(tool) is None]
    for module in ["django", "rest_framework", "gunicorn", "icalendar", "psycopg2"]:
        if not os.path.exists(PYTHON) or subprocess.run([PYTHON, "-c", f"import {module}"], cwd="/", capture_output=True).returncode != 0:
            missing.append(f"{module} for {PYTHON}")
    if missing:
        sys.exit(f"Missing: {', '.join(missing)}.\nOn Debian: apt-get install {PACKAGES}; the .NET SDK 10 is from https://dot.net.")


def built(server, temp):
    server = server.resolve()
    if server.is_file():
        return server
    if (server / "Convene.Server.dll").exists():
        return server / "Convene.Server.dll"
    project = server / "src" / "Server"
    if not project.exists():
        sys.exit(f"{server} is neither a source tree of Convene nor a folder with Convene.Server.dll.")
    print("Building …", flush=True)
    build = subprocess.run(
        ["dotnet", "publish", project, "-c", "Release", "-o", temp / "server", f"-p:ArtifactsPath={temp / 'artifacts'}", "--nologo", "-v", "quiet"],
        stdin=subprocess.DEVNULL, cwd=server)
    if build.returncode != 0:
        sys.exit("Convene does not build.")
    return temp / "server" / "Convene.Server.dll"


def is_ready_to_run(program):
    """Whether an assembly has machine code in it: its CLI header (ECMA-335 II.25.3.3) then has a managed native header."""
    image = (program.parent / "Convene.Server.dll").read_bytes()
    if image[:2] != b"MZ":
        return False
    pe = struct.unpack_from("<I", image, 0x3C)[0]
    sections, optional = struct.unpack_from("<H", image, pe + 6)[0], struct.unpack_from("<H", image, pe + 20)[0]
    directories = pe + 24 + (112 if struct.unpack_from("<H", image, pe + 24)[0] == 0x20B else 96)
    address = struct.unpack_from("<I", image, directories + 14 * 8)[0]
    for i in range(sections):
        size, begin, _, offset = struct.unpack_from("<IIII", image, pe + 24 + optional + 40 * i + 8)
        if begin <= address < begin + size:
            return struct.unpack_from("<I", image, offset + address - begin + 64)[0] != 0
    return False


def cpu_of(pid):
    """Seconds that a process and its children have used, those that have ended too."""
    ticks = 0
    for each in with_children(pid):
        # One that ends just now is its parent's from now on.
        with contextlib.suppress(OSError):
            # The name in the second field may have spaces.
            ticks += sum(int(field) for field in pathlib.Path(f"/proc/{each}/stat").read_text().rsplit(")", 1)[1].split()[11:15])
    return ticks / TICKS


def with_children(pid):
    pids = [pid]
    for pid in pids:
        with contextlib.suppress(OSError):
            for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
                pids += [int(child) for child in (task / "children").read_text().split()]
    return pids


class Server:
    """A server process that tells its port in its log."""

    # Of the Authorization header.
    credential = None

    def __init__(self, folder, database):
        self.folder = folder
        self.folder.mkdir()
        self.database = database
        self.process = None
        self.port = None

    def launch(self, command, environment, sign):
        with open(self.folder / "log", "ab") as log:
            position = log.tell()
            # Nothing of the caller's settings reaches the server, be it a database or a mail server.
            kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "TMPDIR", "LANG") or name.startswith("DOTNET_")}
            self.process = subprocess.Popen(
                command, cwd=self.folder, env=kept | environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.process.poll() is None:
            text = (self.folder / "log").read_bytes()[position:].decode(errors="replace")
            if sign in text and "\n" in text.split(sign, 1)[1]:
                self.port = int(text.split(sign, 1)[1].split()[0])
                return
            time.sleep(0.005)
        log = (self.folder / "log").read_text(errors="replace")
        self.stop()
        sys.exit(f"{command} did not start:\n{log}")

    def stop(self):
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            # The session is the server's own: its workers end with it.
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.process = None

    def request(self, method, path, body=None, credential=None, connection=None):
        """Status and text of an answer."""
        used = connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        with contextlib.nullcontext() if connection else contextlib.closing(used):
            credential = credential or self.credential
            headers = ({"Content-Type": "application/json"} if body is not None else {}) | ({"Authorization": credential} if credential else {})
            used.request(method, path, None if body is None else json.dumps(body), headers)
            response = used.getresponse()
            return response.status, response.read().decode()

    def ask(self, path, body=None, expected=200, credential=None):
        status, text = self.request("GET" if body is None else "POST", path, body, credential)
        if status != expected:
            sys.exit(f"{path}: {status} {text[:500]}")
        return json.loads(text)

    def memory(self):
        """Resident, in MB; what several processes share counts in each."""
        lines = [line for pid in with_children(self.process.pid) for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines()]
        return sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024

    def cpu(self):
        """With its database's."""
        return cpu_of(self.process.pid) + self.database.cpu()


class Convene(Server):
    def __init__(self, program, folder, database):
        super().__init__(folder, database)
        self.program = program

    def start(self, *settings):
        command = ["dotnet", self.program] if self.program.suffix == ".dll" else [self.program]
        self.launch(
            [*command, "--urls=http://127.0.0.1:0", f"--DATABASE_URL={self.database.convene_url()}", f"--DATA_DIR={self.folder}", "--EMAIL_BACKEND=folder",
             "--ANONYMOUS_SEARCHES_PER_MINUTE=10000000", *settings],
            {}, "Convene runs on http://127.0.0.1:")


class Peer(Server):
    """bench/peer/django."""

    def __init__(self, folder, database):
        super().__init__(folder, database)
        self.environment = {"DJANGO_SETTINGS_MODULE": "peer.settings", "PYTHONPATH": str(HERE.parent / "peer" / "django"), "PYTHONDONTWRITEBYTECODE": "1"} | database.peer_environment()

    def migrate(self):
        done = subprocess.run([PYTHON, "-m", "django", "migrate", "--run-syncdb", "-v", "0"], cwd=self.folder, env=os.environ | self.environment)
        if done.returncode != 0:
            sys.exit("The peer's database can't be made.")

    def start(self):
        self.launch(
            [PYTHON, "-m", "gunicorn", "--workers", "2", "--bind", "127.0.0.1:0", "--worker-tmp-dir", self.folder, "django.core.wsgi:get_wsgi_application()"],
            self.environment, "Listening at: http://127.0.0.1:")
