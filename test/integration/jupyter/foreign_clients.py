"""Hunch's kernel under the clients that others wrote: jupyter_client, jupyter_kernel_test, nbclient, nbconvert.

The kernel is installed as a person would install it, into a prefix of its own. Every message that comes is checked
against the messaging specification (https://jupyter-client.readthedocs.io/en/stable/messaging.html).
"""

import asyncio
import base64
import io
import os
import re
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path
from queue import Empty

ROOT = Path(__file__).resolve().parents[3]
FOLDER = tempfile.TemporaryDirectory(prefix="hunch-jupyter-")
PREFIX = Path(FOLDER.name)
os.environ.update(
    JUPYTER_PATH=str(PREFIX / "share" / "jupyter"),
    JUPYTER_CONFIG_DIR=str(PREFIX / "config"),
    JUPYTER_DATA_DIR=str(PREFIX / "data"),
    JUPYTER_PLATFORM_DIRS="1",
)

import jupyter_kernel_test  # noqa: E402
import nbformat  # noqa: E402
from jupyter_client.manager import AsyncKernelManager, KernelManager  # noqa: E402
from nbclient import NotebookClient  # noqa: E402
from nbclient.exceptions import CellExecutionError  # noqa: E402
from nbconvert import HTMLExporter  # noqa: E402
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook  # noqa: E402

TIMEOUT = 30
results = []


def check(what, holds, detail=""):
    results.append(bool(holds))
    shown = f" ({detail})" if detail != "" else ""
    print(f"{'ok  ' if holds else 'FAIL'} {what}{shown}", flush=True)


# ── the specification ────────────────────────────────────────────────────────────────────────────────────────────────

MIME = re.compile(r"^[\w.+-]+/[\w.+-]+$")
HEADER = {"msg_id": str, "session": str, "username": str, "msg_type": str, "version": str}
ERROR = {"ename": str, "evalue": str, "traceback": [str]}
RICH = {"data": "bundle", "metadata": dict}

# Content of each message, by type: fields that must be there. "?" before a name: may be absent.
CONTENTS = {
    "status": {"execution_state": {"busy", "idle", "starting"}},
    "execute_input": {"code": str, "execution_count": int},
    "execute_result": {**RICH, "execution_count": int, "?transient": dict},
    "display_data": {**RICH, "?transient": dict},
    "update_display_data": {**RICH, "transient": dict},
    "stream": {"name": {"stdout", "stderr"}, "text": str},
    "error": ERROR,
    "clear_output": {"wait": bool},
    "comm_open": {"comm_id": str, "target_name": str, "data": dict},
    "comm_msg": {"comm_id": str, "data": dict},
    "comm_close": {"comm_id": str, "data": dict},
    "execute_reply": {"execution_count": int, "?payload": list, "?user_expressions": dict},
    "inspect_reply": {"found": bool, "data": "bundle", "metadata": dict},
    "complete_reply": {"matches": [str], "cursor_start": int, "cursor_end": int, "metadata": dict},
    "history_reply": {"history": list},
    "is_complete_reply": {"?indent": str},
    "connect_reply": {f"{name}_port": int for name in ("shell", "iopub", "stdin", "hb", "control")},
    "comm_info_reply": {"comms": dict},
    "kernel_info_reply": {
        "protocol_version": str,
        "implementation": str,
        "implementation_version": str,
        "language_info": dict,
        "banner": str,
        "help_links": list,
    },
    "shutdown_reply": {"restart": bool},
    "interrupt_reply": {},
}
LANGUAGE = {"name": str, "version": str, "mimetype": str, "file_extension": str}


def faults_of_bundle(bundle):
    if not isinstance(bundle, dict):
        return ["bundle is no object"]
    faults = [f"{mime} is no MIME type" for mime in bundle if not MIME.match(mime)]
    return faults + [
        f"{mime} is no text"
        for mime, content in bundle.items()
        if not mime.endswith("json") and not isinstance(content, str)
    ]


def fits(value, rule):
    if rule == "bundle":
        return not faults_of_bundle(value)
    if isinstance(rule, set):
        return value in rule
    if isinstance(rule, list):
        return isinstance(value, list) and all(isinstance(item, rule[0]) for item in value)
    return isinstance(value, rule) and not (rule is int and isinstance(value, bool))


def faults_of_fields(where, record, rules):
    faults = []
    for name, rule in rules.items():
        field = name.lstrip("?")
        if field not in record:
            faults += [] if name.startswith("?") else [f"{where} has no {field}"]
        elif not fits(record[field], rule):
            faults.append(f"{where}.{field} is {record[field]!r}")
    return faults


def faults_of(message):
    """What the specification has against a message."""
    kind = message["header"].get("msg_type")
    content = message["content"]
    faults = faults_of_fields(f"{kind} header", message["header"], HEADER)
    if kind not in CONTENTS:
        return [*faults, f"{kind} is not a known type"]
    if not re.match(r"^5\.\d+$", str(message["header"].get("version"))):
        faults.append(f"{kind} version is {message['header'].get('version')!r}")
    if message["parent_header"]:
        faults += faults_of_fields(f"{kind} parent", message["parent_header"], HEADER)
    elif content.get("execution_state") != "starting":
        faults.append(f"{kind} has no parent")
    rules = dict(CONTENTS[kind])
    if kind.endswith("_reply"):
        status = content.get("status")
        allowed = {"ok", "error", "aborted"}
        if kind == "is_complete_reply":
            allowed = {"complete", "incomplete", "invalid", "unknown"}
        if status not in allowed:
            faults.append(f"{kind} status is {status!r}")
        if status == "error":
            count = {"execution_count": int} if kind == "execute_reply" else {}
            rules = {**ERROR, **count}
        if status == "aborted":
            rules = {}
            if set(content) != {"status"}:
                faults.append(f"an aborted reply carries {sorted(content)}")
    faults += faults_of_fields(kind, content, rules)
    if kind == "kernel_info_reply":
        faults += faults_of_fields("language_info", content["language_info"], LANGUAGE)
    return faults


faults_seen = []
kinds_seen = set()


def seen(message):
    """Notes what is wrong with a message, and hands it on."""
    faults_seen.extend(faults_of(message))
    kinds_seen.add(message["header"]["msg_type"])
    return message


def told(messages, kind):
    return [message["content"] for message in messages if message["header"]["msg_type"] == kind]


def kinds(messages):
    """The order of messages: "stream", or "status busy"."""
    return [
        " ".join(filter(None, [m["header"]["msg_type"], m["content"].get("execution_state")])) for m in messages
    ]


def bare(types):
    return [kind for kind in types if kind != "status starting"]


class Session:
    """One kernel under the blocking client."""

    def __init__(self):
        self.manager = KernelManager(kernel_name="hunch")
        self.manager.start_kernel(cwd=str(PREFIX))
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=TIMEOUT)

    def reply(self, request, channel="shell"):
        get = self.client.get_shell_msg if channel == "shell" else self.client.get_control_msg
        while True:
            message = seen(get(timeout=TIMEOUT))
            if message["parent_header"]["msg_id"] == request:
                return message

    def published(self, request):
        """All messages of a request, up to its idle."""
        messages = []
        while True:
            message = seen(self.client.get_iopub_msg(timeout=TIMEOUT))
            if message["parent_header"].get("msg_id") != request:
                continue
            messages.append(message)
            if message["content"].get("execution_state") == "idle":
                return messages

    def run(self, code, **options):
        request = self.client.execute(code, **options)
        return self.reply(request)["content"], self.published(request)

    def ask(self, request):
        """The reply to a request, whose busy and idle must surround it on iopub."""
        reply = self.reply(request)
        return reply["content"], kinds(self.published(request))

    def wait_for(self, fits_message):
        while True:
            message = seen(self.client.get_iopub_msg(timeout=TIMEOUT))
            if fits_message(message):
                return message

    def close(self):
        self.client.stop_channels()
        if self.manager.is_alive():
            self.manager.shutdown_kernel(now=True)
        self.manager.cleanup_resources()


def install():
    command = ["node", str(ROOT / "dist" / "cli" / "main.js"), "install", "--prefix", str(PREFIX)]
    done = subprocess.run(command, capture_output=True, text=True)
    spec = PREFIX / "share" / "jupyter" / "kernels" / "hunch" / "kernel.json"
    check("install writes the kernel below the prefix", done.returncode == 0 and spec.exists())


# ── jupyter_client ───────────────────────────────────────────────────────────────────────────────────────────────────


def cells(s):
    reply, messages = s.run("20 + 1")
    check(
        "a result: input, result, idle",
        kinds(messages) == ["status busy", "execute_input", "execute_result", "status idle"]
        and reply["status"] == "ok"
        and told(messages, "execute_result")[0]
        == {"execution_count": reply["execution_count"], "data": {"text/plain": "21"}, "metadata": {}},
        kinds(messages) if reply["status"] != "ok" else "",
    )
    count = reply["execution_count"]
    reply, messages = s.run('function f() { throw new RangeError("planted"); }\nf();')
    error = told(messages, "error")[0]
    check(
        "an error: ename, evalue, traceback, the same in the reply",
        error["ename"] == "RangeError"
        and error["evalue"] == "planted"
        and any(f"cell {count + 1}:1:" in line for line in error["traceback"])
        and all(reply[name] == error[name] for name in error)
        and reply["status"] == "error",
    )
    reply, messages = s.run('console.log("ran"); fit(1);')
    check(
        "a wrong type stops the cell before it runs",
        reply["ename"] == "TypeScriptError" and not told(messages, "stream"),
        reply.get("evalue"),
    )
    count = reply["execution_count"]
    silent, silent_messages = s.run("1", silent=True)
    uncounted, _ = s.run("1", store_history=False)
    following, _ = s.run("1")
    check(
        "silent cells and those without history are not counted",
        [silent["execution_count"], uncounted["execution_count"], following["execution_count"]]
        == [count, count, count + 1]
        and kinds(silent_messages) == ["status busy", "status idle"],
    )
    requests = [s.client.execute(code) for code in ('throw new Error("x")', "1", "2")]
    replies = [s.reply(request)["content"] for request in requests]
    for request in requests:
        s.published(request)
    check(
        "cells that wait behind an error are aborted, without a count",
        [r["status"] for r in replies] == ["error", "aborted", "aborted"] and "execution_count" not in replies[1],
    )
    requests = [s.client.execute("throw 1", stop_on_error=False), s.client.execute("1")]
    replies = [s.reply(request)["content"]["status"] for request in requests]
    check("and run where stop_on_error is off", replies == ["error", "ok"], replies)
    reply, _ = s.run("const six = 6;", user_expressions={"a": "six * 7", "b": "(undefined as any).x"})
    values = reply["user_expressions"]
    check(
        "user_expressions are evaluated, each by itself",
        values["a"] == {"status": "ok", "data": {"text/plain": "42"}, "metadata": {}}
        and values["b"]["status"] == "error"
        and not faults_of_fields("expression", values["b"], ERROR),
    )


def floods(s):
    code = """for (let i = 0; i < 2000; i++) console.log(`line ${i}`);
for (let i = 0; i < 1000; i++) void show(`state ${i}`, { displayId: 'flood' });
await new Promise((resolve) => setTimeout(resolve));"""
    began = time.monotonic()
    reply, messages = s.run(code)
    text = "".join(content["text"] for content in told(messages, "stream"))
    lines = text.split("\n")
    states = [c["data"]["text/plain"] for c in told(messages, "display_data") + told(messages, "update_display_data")]
    lost = 2000 - sum(line == f"line {i}" for i, line in enumerate(lines))
    check(
        "2,000 lines in one cell all come, in order",
        lost == 0 and len(lines) == 2001,
        f"{lost} lost, {time.monotonic() - began:.1f} s",
    )
    check(
        "1,000 display updates all come, in order, and the cell goes idle",
        reply["status"] == "ok" and states == [f"state {i}" for i in range(1000)],
        f"{1000 - len(states)} lost",
    )


async def async_client():
    manager = AsyncKernelManager(kernel_name="hunch")
    await manager.start_kernel(cwd=str(PREFIX))
    client = manager.client()
    client.start_channels()
    try:
        await client.wait_for_ready(timeout=TIMEOUT)
        messages = []
        reply = await client.execute_interactive(
            "for (let i = 0; i < 2000; i++) console.log(i);\n'end'",
            timeout=TIMEOUT,
            output_hook=lambda message: messages.append(seen(message)),
        )
        lines = "".join(content["text"] for content in told(messages, "stream")).split()
        check(
            "the asynchronous client gets all 2,000 lines and the result",
            seen(reply)["content"]["status"] == "ok"
            and lines == [str(i) for i in range(2000)]
            and told(messages, "execute_result")[0]["data"] == {"text/plain": "'end'"},
            f"{2000 - len(lines)} lost",
        )
        reply = await client.complete("datasets.ir", reply=True, timeout=TIMEOUT)
        check("and completions", "iris" in seen(reply)["content"]["matches"])
    finally:
        client.stop_channels()
        await manager.shutdown_kernel(now=True)


def questions(s):
    around = ["status busy", "status idle"]
    info, order = s.ask(s.client.kernel_info())
    language = info["language_info"]
    check(
        "kernel_info names the language as front ends need it",
        language["name"] == "typescript" and language["file_extension"] == ".ts" and order == around,
        info["banner"],
    )
    # "'😀'; diagn" has 10 code points and 11 UTF-16 units.
    reply, order = s.ask(s.client.complete("'😀'; diagn", 10))
    check(
        "completion counts code points",
        "diagnose" in reply["matches"]
        and (reply["cursor_start"], reply["cursor_end"]) == (5, 10)
        and order == around,
        (reply["cursor_start"], reply["cursor_end"]),
    )
    reply, order = s.ask(s.client.inspect("fit", 2))
    check(
        "inspection knows the library",
        reply["found"] and "train: Dataset" in reply["data"]["text/plain"] and order == around,
    )
    states = [s.ask(s.client.is_complete(code))[0]["status"] for code in ("1 + 1", "if (true) {")]
    check("is_complete", states == ["complete", "incomplete"], states)
    s.run("const remembered = 1;")
    reply, order = s.ask(s.client.history(hist_access_type="tail", n=1))
    check("history", reply["history"][0][2] == "const remembered = 1;" and order == around)
    reply, _ = s.ask(s.client.comm_info())
    check("comm_info", reply["comms"] == {}, reply["comms"])
    request = s.client.session.msg("connect_request")
    s.client.shell_channel.send(request)
    reply, _ = s.ask(request["header"]["msg_id"])
    check("connect", reply["shell_port"] == s.client.shell_port)
    request = s.client.session.msg("nonsense_request")
    s.client.shell_channel.send(request)
    message = s.client.get_shell_msg(timeout=TIMEOUT)
    s.published(request["header"]["msg_id"])
    check("what it does not know it refuses", message["content"]["status"] == "error", message["content"]["evalue"])


def send_comm(s, kind, content, buffers=()):
    message = s.client.session.msg(kind, content)
    s.client.session.send(s.client.shell_channel.socket, message, buffers=list(buffers))
    return message["header"]["msg_id"]


def comms(s):
    s.run(
        """(globalThis as any)[Symbol.for('hunch.comms')].onOpen('echo', (comm: any, opening: any) => {
  comm.send({ opened: opening.data.n }, { buffers: opening.buffers });
  comm.onMessage = ({ data, buffers }: any) => comm.send({ heard: data.n }, { buffers: [...buffers].reverse() });
});"""
    )
    # Bytes that are no text, and the delimiter of the protocol itself.
    buffers = [bytes(range(256)), b"<IDS|MSG>", b""]
    send_comm(s, "comm_open", {"comm_id": "c", "target_name": "echo", "data": {"n": 1}}, buffers)
    opened = s.wait_for(lambda m: m["header"]["msg_type"] == "comm_msg")
    send_comm(s, "comm_msg", {"comm_id": "c", "data": {"n": 2}}, buffers)
    heard = s.wait_for(lambda m: m["header"]["msg_type"] == "comm_msg")
    same = [bytes(b) for b in opened["buffers"]] == buffers and [bytes(b) for b in heard["buffers"]] == buffers[::-1]
    check(
        "comms carry bytes both ways",
        same and opened["content"]["data"] == {"opened": 1} and heard["content"]["data"] == {"heard": 2},
    )
    reply, _ = s.ask(s.client.comm_info())
    check("an open comm is listed", reply["comms"] == {"c": {"target_name": "echo"}}, reply["comms"])
    send_comm(s, "comm_open", {"comm_id": "n", "target_name": "nobody", "data": {}})
    closed = s.wait_for(lambda m: m["header"]["msg_type"] == "comm_close")
    check("a comm that nobody wants is closed", closed["content"]["comm_id"] == "n")


def stopping(s):
    going = lambda m: m["content"].get("text") == "go\n"  # noqa: E731
    for what, code in (
        ("an endless loop", "for (;;);"),
        ("an await", "await new Promise(() => undefined);"),
    ):
        request = s.client.execute(f'console.log("go");\n{code}')
        s.wait_for(going)
        time.sleep(0.05)
        began = time.monotonic()
        s.manager.interrupt_kernel()
        reply = s.reply(request)["content"]
        took = time.monotonic() - began
        s.published(request)
        after, _ = s.run("1")
        check(
            f"the signal stops {what}, and the next cell runs",
            reply["status"] == "error" and reply["ename"] == "Interrupted" and took < 1 and after["status"] == "ok",
            f"{took * 1000:.0f} ms",
        )
    s.manager.interrupt_kernel()
    time.sleep(0.1)
    check("an interrupt of an idle kernel does nothing", s.run("1")[0]["status"] == "ok")
    request = s.client.execute("await new Promise((resolve) => setTimeout(resolve, 400));")
    time.sleep(0.2)
    asked = s.client.kernel_info()
    s.reply(asked)
    order = []
    while not order or order[-1] != "cell idle":
        message = seen(s.client.get_iopub_msg(timeout=TIMEOUT))
        parent = message["parent_header"].get("msg_id")
        if message["header"]["msg_type"] == "status" and parent in (request, asked):
            order.append(f"{'cell' if parent == request else 'info'} {message['content']['execution_state']}")
    s.reply(request)
    check(
        "a question during a cell leaves the kernel busy",
        order == ["cell busy", "info busy", "info idle", "cell busy", "cell idle"],
        order,
    )
    s.run("setInterval(() => undefined, 5); const before = 1;")
    began = time.monotonic()
    s.manager.restart_kernel()
    s.client.wait_for_ready(timeout=TIMEOUT)
    took = time.monotonic() - began
    reply, _ = s.run("before")
    check(
        "a restart forgets everything",
        reply["execution_count"] == 1 and reply["ename"] == "TypeScriptError",
        f"{took:.1f} s",
    )
    s.run("setInterval(() => undefined, 5);")
    process = s.manager.provisioner.process
    began = time.monotonic()
    s.manager.shutdown_kernel()
    took = time.monotonic() - began
    check(
        "shutdown with a live timer takes less than a second and ends cleanly",
        took < 1 and process.returncode == 0,
        f"{took:.2f} s, exit code {process.returncode}",
    )


# ── jupyter_kernel_test ──────────────────────────────────────────────────────────────────────────────────────────────


class TheirTests(jupyter_kernel_test.KernelTests):
    kernel_name = "hunch"
    language_name = "typescript"
    file_extension = ".ts"
    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('oops')"
    completion_samples = [{"text": "datasets.iri", "matches": {"iris"}}, {"text": "'😀'; await fi"}]
    complete_code_samples = ["1", "const a = 1;", "function f() { return 1; }", "console.log(`a\nb`)"]
    incomplete_code_samples = ["function f() {", "if (true) {", "console.log(`a", "[1,"]
    code_generate_error = "throw new Error('planted')"
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": "'a' + 'b'", "result": "'ab'"},
        {"code": "6 * 7", "result": "42"},
        {"code": "({ [Symbol.for('Jupyter.display')]: () => ({ 'text/html': '<b>' }) })", "mime": "text/html"},
        {"code": "6 * 7", "result": "42"},
    ]
    code_display_data = [
        {"code": "await show('x')", "mime": "text/plain"},
        {"code": "import { display } from 'tslab'; display.html('<b>x</b>')", "mime": "text/html"},
    ]
    code_history_pattern = "6 ?*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "splitDataset"


def their_tests():
    outcome = unittest.TextTestRunner(stream=io.StringIO(), verbosity=2).run(
        unittest.defaultTestLoader.loadTestsFromTestCase(TheirTests)
    )
    for test, trace in [*outcome.failures, *outcome.errors]:
        print(f"     {test}\n{trace}")
    # Its pager and clear_output samples are for kernels that have such things.
    skipped = sorted(str(test).split()[0] for test, _ in outcome.skipped)
    check(
        "jupyter_kernel_test",
        outcome.wasSuccessful() and skipped == ["test_clear_output", "test_pager"],
        f"{outcome.testsRun - len(skipped)} tests, skipped {', '.join(skipped)}",
    )


# ── nbclient and nbconvert ───────────────────────────────────────────────────────────────────────────────────────────


def notebook_of(*sources):
    cells_of = [
        new_code_cell(source, metadata={"tags": tags}) if isinstance(tags, list) else new_markdown_cell(source)
        for source, tags in sources
    ]
    kernelspec = {"name": "hunch", "display_name": "TypeScript (Hunch)", "language": "typescript"}
    return new_notebook(cells=cells_of, metadata={"kernelspec": kernelspec})


def execute(notebook, **options):
    NotebookClient(notebook, timeout=60, resources={"metadata": {"path": str(PREFIX)}}, **options).execute()
    nbformat.validate(notebook)
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def text_of(cell):
    return "".join(output.get("text", output.get("data", {}).get("text/plain", "")) for output in cell.outputs)


def notebooks():
    fine = notebook_of(
        ("let a = 1;\nconsole.log('one');", []),
        ("Words.", None),
        ("a + 1", []),
        ("await show('early', { displayId: 'd' });", []),
        ("await show('late', { displayId: 'd' });", []),
    )
    ran = execute(fine)
    check(
        "nbclient: counts from 1, outputs, a display changed by a later cell",
        [cell.execution_count for cell in ran] == [1, 2, 3, 4]
        and [text_of(cell) for cell in ran] == ["one\n", "2", "late", ""],
    )
    failing = ("function f() { throw new RangeError('planted'); }\nf();", [])
    stopped = notebook_of(("1", []), failing, ("3", []))
    try:
        execute(stopped)
        check("nbclient: an error ends the notebook", False)
    except CellExecutionError as error:
        output = stopped.cells[1].outputs[-1]
        check(
            "nbclient: an error ends the notebook, with ename, evalue and traceback",
            (error.ename, error.evalue) == ("RangeError", "planted")
            and output.output_type == "error"
            and any("cell 2:1:" in line for line in output.traceback)
            and stopped.cells[2].execution_count is None,
        )
    for what, notebook, options in (
        ("raises-exception", notebook_of((failing[0], ["raises-exception"]), ("40 + 2", []), ("a", [])), {}),
        ("allow_errors", notebook_of(failing, ("40 + 2", []), ("a", [])), {"allow_errors": True}),
    ):
        notebook.cells[2].source = "43"
        ran = execute(notebook, **options)
        check(
            f"nbclient: later cells run after an error with {what}",
            ran[0].outputs[-1].ename == "RangeError"
            and [text_of(cell) for cell in ran[1:]] == ["42", "43"]
            and [cell.execution_count for cell in ran] == [1, 2, 3],
        )
    began = time.monotonic()
    quickstart = nbformat.read(ROOT / "notebooks" / "01-quickstart.ipynb", as_version=4)
    ran = execute(quickstart)
    outputs = [output for cell in ran for output in cell.outputs]
    data = [output.data for output in outputs if "data" in output]
    pictures = [bundle for bundle in data if "image/png" in bundle]
    check(
        "nbclient: the quickstart runs without an error, every cell counted",
        all(output.output_type != "error" for output in outputs)
        and [cell.execution_count for cell in ran] == list(range(1, len(ran) + 1)),
        f"{len(ran)} cells, {time.monotonic() - began:.1f} s",
    )
    figures = [bundle for bundle in data if "application/vnd.plotly.v1+json" in bundle]
    check(
        "its figures are there as Plotly, HTML and picture",
        len(figures) >= 3
        and all("text/html" in bundle and "image/png" in bundle for bundle in figures)
        and all(base64.b64decode(bundle["image/png"])[1:4] == b"PNG" for bundle in pictures),
        f"{len(figures)} figures",
    )
    page, _ = HTMLExporter(template_name="lab").from_notebook_node(quickstart)
    # A browser without scripts sees the pictures that stand in the HTML.
    images = page.count("data:image/png;base64,")
    check(
        "nbconvert: the page holds every figure",
        images >= len(figures),
        f"{images} pictures, {len(page) / 1e6:.1f} MB",
    )


def main():
    began = time.monotonic()
    install()
    session = Session()
    try:
        for part in (cells, floods, questions, comms, stopping):
            part(session)
    except Empty:
        check(f"{part.__name__}: the kernel answers within {TIMEOUT} s", False)
    finally:
        session.close()
    asyncio.run(async_client())
    known = set(CONTENTS) - {"clear_output", "interrupt_reply", "shutdown_reply", "comm_open"}
    check(
        "every message is as the specification says",
        not faults_seen and known <= kinds_seen,
        "; ".join(faults_seen[:5]) or f"{len(kinds_seen)} types, unseen: {sorted(known - kinds_seen)}",
    )
    their_tests()
    notebooks()
    failed = results.count(False)
    print(f"{len(results) - failed} passed, {failed} failed, {time.monotonic() - began:.0f} s")
    return 0 if failed == 0 else 1


if __name__ == "__main__":
    code = main()
    FOLDER.cleanup()
    sys.exit(code)
