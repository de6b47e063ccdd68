"""Tells the network-automation plugin what a playbook does, while it does it: one JSON object a line on standard output."""

from __future__ import annotations

import json
import sys
import time

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
    name: dotmac_events
    type: stdout
    short_description: one JSON object a line
    description:
      - Writes an event for every play, task and result, and the recap at the end.
"""

# Longer texts are cut, larger results are left out: the reader keeps many events in little memory.
LONGEST_TEXT = 16 * 1024
LONGEST_RESULT = 16 * 1024

# What is told in fields of its own, or is nobody's business.
TOLD = {"msg", "rc", "stdout", "stderr", "stdout_lines", "stderr_lines", "changed", "failed", "unreachable", "skipped", "invocation",
        "ansible_facts", "exception", "diff", "warnings", "deprecations"}


def text(value):
    if value is None:
        return None
    if not isinstance(value, str):
        value = json.dumps(value, default=str)
    return value if len(value) <= LONGEST_TEXT else value[:LONGEST_TEXT] + "…"


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "stdout"
    CALLBACK_NAME = "dotmac_events"

    def emit(self, kind, **fields):
        event = {"event": kind, "at": time.time()}
        event.update((name, value) for name, value in fields.items() if value is not None)
        # ASCII only: a line is a line in every reader.
        sys.stdout.write(json.dumps(event, default=str) + "\n")
        sys.stdout.flush()

    def result(self, result, status, ignored=None):
        # Ansible has taken out what no_log hides before it calls us.
        values = result._result
        rest = {name: value for name, value in values.items() if name not in TOLD and not name.startswith("_")}
        try:
            large = len(json.dumps(rest, default=str)) > LONGEST_RESULT
        except (TypeError, ValueError):
            large = True
        rc = values.get("rc")
        self.emit(
            "result",
            device=result._host.get_name(),
            task=text(result._task.get_name()),
            status=status,
            changed=bool(values.get("changed", False)),
            ignored=ignored,
            message=text(values.get("msg") or values.get("skip_reason")),
            returnCode=rc if isinstance(rc, int) else None,
            stdout=text(values.get("stdout")),
            stderr=text(values.get("stderr")),
            result=None if large or not rest else rest,
        )

    def v2_playbook_on_play_start(self, play):
        self.emit("play", play=text(play.get_name()))

    def v2_playbook_on_task_start(self, task, is_conditional):
        self.emit("task", task=text(task.get_name()))

    def v2_playbook_on_handler_task_start(self, task):
        self.emit("task", task=text(task.get_name()))

    def v2_runner_on_ok(self, result):
        self.result(result, "changed" if result._result.get("changed", False) else "ok")

    def v2_runner_on_failed(self, result, ignore_errors=False):
        self.result(result, "failed", ignored=bool(ignore_errors))

    def v2_runner_on_unreachable(self, result):
        self.result(result, "unreachable")

    def v2_runner_on_skipped(self, result):
        self.result(result, "skipped")

    def v2_runner_retry(self, result):
        self.result(result, "retry")

    def v2_playbook_on_no_hosts_matched(self):
        self.emit("message", message="No device of the call is among the hosts of this play.")

    def v2_playbook_on_no_hosts_remaining(self):
        self.emit("message", message="No device is left to go on with.")

    def v2_playbook_on_stats(self, stats):
        self.emit("recap", devices={host: stats.summarize(host) for host in sorted(stats.processed)})
