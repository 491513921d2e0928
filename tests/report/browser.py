"""A headless Chromium, driven over its debugging pipe with nothing but the standard library.

    with Browser() as browser:
        page = browser.open("file:///tmp/report.html")
        page.run("document.title")

The protocol is the Chrome DevTools Protocol: JSON messages, each ended by a NUL, on file descriptors 3 and 4. A page
remembers what went wrong in it: console messages, exceptions, dialogs, and every request but the first.
"""
import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
import time

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "chrome")
TIMEOUT = 60


def find():
    """The path of a Chromium, or None."""
    return os.environ.get("COPYDESK_CHROMIUM") or next((path for path in map(shutil.which, PROGRAMS) if path), None)


class Browser:
    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="copydesk-browser-")
        to_browser, self.out = os.pipe()
        self.into, from_browser = os.pipe()
        self.log = open(os.path.join(self.folder, "log"), "wb")
        command = [find(), "--headless=new", "--remote-debugging-pipe", "--disable-gpu", "--no-first-run", "--disable-dev-shm-usage",
                   "--disable-background-networking", "--disable-extensions", "--hide-scrollbars", "--force-color-profile=srgb",
                   f"--user-data-dir={self.folder}/profile"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.append("--no-sandbox")  # Chromium refuses its sandbox to root, as in a container

        def place():
            os.dup2(to_browser, 103)
            os.dup2(from_browser, 104)
            os.dup2(103, 3)
            os.dup2(104, 4)

        self.process = subprocess.Popen(command, preexec_fn=place, close_fds=False, stdin=subprocess.DEVNULL, stdout=self.log,
                                        stderr=self.log)
        os.close(to_browser)
        os.close(from_browser)
        self.buffer = b""
        self.number = 0
        self.events = []
        self.page = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.send("Browser.close")
            self.process.wait(10)
        except (OSError, RuntimeError, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait()
        os.close(self.out)
        os.close(self.into)
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _read(self, until):
        while b"\0" not in self.buffer:
            left = until - time.monotonic()
            if left <= 0 or not select.select([self.into], [], [], left)[0]:
                raise RuntimeError("the browser does not answer")
            data = os.read(self.into, 1 << 20)
            if not data:
                raise RuntimeError("the browser went away")
            self.buffer += data
        message, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(message)

    def _take(self, message):
        if "method" in message and self.page and message.get("sessionId") == self.page.session:
            self.page.take(message["method"], message["params"])

    def send(self, method, session=None, **params):
        self.number += 1
        request = {"id": self.number, "method": method, "params": params}
        if session:
            request["sessionId"] = session
        data = json.dumps(request).encode() + b"\0"
        while data:
            data = data[os.write(self.out, data):]
        until = time.monotonic() + TIMEOUT
        while True:
            message = self._read(until)
            if message.get("id") == self.number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message["result"]
            self._take(message)

    def wait(self, done):
        until = time.monotonic() + TIMEOUT
        while not done():
            self._take(self._read(until))

    def open(self, url, script=True, width=1280, height=900, dark=False):
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.page = Page(self, session, target)
        self.page.start(url, script, width, height, dark)
        return self.page


class Page:
    def __init__(self, browser, session, target):
        self.browser = browser
        self.session = session
        self.target = target
        self.trouble = []
        self.loaded = False
        self.url = None
        self.seconds = None

    def take(self, method, params):
        if method == "Page.loadEventFired":
            self.loaded = True
        elif method == "Runtime.exceptionThrown":
            details = params["exceptionDetails"]
            self.trouble.append("exception: " + details.get("exception", {}).get("description", details["text"]))
        elif method == "Runtime.consoleAPICalled":
            self.trouble.append("console: " + str([a.get("value") for a in params["args"]]))
        elif method == "Log.entryAdded":
            self.trouble.append("log: " + params["entry"]["text"])
        elif method == "Page.javascriptDialogOpening":
            self.trouble.append("dialog: " + params["message"])
        elif method == "Network.requestWillBeSent" and params["request"]["url"].split("#")[0] != self.url.split("#")[0]:
            self.trouble.append("request: " + params["request"]["url"])

    def send(self, method, **params):
        return self.browser.send(method, self.session, **params)

    def start(self, url, script, width, height, dark):
        self.url = url
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.send(domain + ".enable")
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600)
        self.send("Emulation.setEmulatedMedia", features=[
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
            {"name": "prefers-reduced-motion", "value": "reduce"}])
        if not script:
            self.send("Emulation.setScriptExecutionDisabled", value=True)
        begun = time.monotonic()
        self.send("Page.navigate", url=url)
        self.browser.wait(lambda: self.loaded)
        if script:
            self.run("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
        self.seconds = time.monotonic() - begun

    def run(self, expression):
        """The value of an expression; promises are waited for."""
        result = self.send("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in result:
            details = result["exceptionDetails"]
            raise RuntimeError(details.get("exception", {}).get("description", details["text"]))
        return result["result"].get("value")

    def press(self, key, code=None, text=None):
        code = code or key
        keys = {"Tab": 9, "Enter": 13, "Escape": 27, " ": 32}
        more = {"text": text or "\r"} if key in ("Enter",) else {}
        for kind in ("keyDown", "keyUp"):
            self.send("Input.dispatchKeyEvent", type=kind, key=key, code=code, windowsVirtualKeyCode=keys.get(key, 0),
                      **(more if kind == "keyDown" else {}))

    def screenshot(self, path, full=False):
        options = {"format": "png"}
        if full:
            size = self.send("Page.getLayoutMetrics")["cssContentSize"]
            options.update(captureBeyondViewport=True,
                           clip={"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], 16000), "scale": 1})
        data = self.send("Page.captureScreenshot", **options)["data"]
        with open(path, "wb") as stream:
            stream.write(base64.b64decode(data))

    def close(self):
        self.browser.send("Target.closeTarget", targetId=self.target)
        self.browser.page = None
