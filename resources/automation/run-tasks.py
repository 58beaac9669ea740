#!/usr/bin/env python3
"""Hands an ordered list of tasks to Codencer, one after the other, and tells how they ended.

Needs Python 3.8 or newer and Codencer's command line. Its siblings in other languages do the same.
"""

import json
import os
import re
import subprocess
import sys

USAGE = """Usage: run-tasks --run-id <id> --input-mode <mode> --tasks-file <path> [options]

Hands the tasks of a list over, one after the other: the next one when the one before has ended.

  --run-id <id>              The run that the tasks go to.
  --input-mode <mode>        What a line of the list is: task-file, task-json, prompt-file or goal.
  --tasks-file <path>        The list. Blank lines and lines that begin with # are left out.
  --project <project>        Create the run if it does not exist.

  --stop-on-failure          Stop at the first task that does not complete. So it is unless you say otherwise.
  --continue-on-failure      Go on with the next one. CODENCER_CONTINUE_ON_FAILURE=1 means the same.
  --resume                   Leave out what has completed, wait for what is under way, submit the rest.
  --progress-file <path>     Where is written down which task became which step.
                             By default run-tasks/<run-id>.tsv in the folder .codencer of the repository.

  --title-prefix <prefix>    With goal only. By default "Task".
  --adapter <adapter>        With prompt-file and goal only, like the next four.
  --timeout <seconds>
  --policy <policy>
  --validation <command>     May be repeated.
  --acceptance <text>        May be repeated.

  --json                     One JSON document on stdout instead of a line for each task.
  --codencer <path>          The command line. By default that of this checkout, else "codencer".
                             --orchestratorctl means the same.
  --help                     This.

Exit codes: 0 all completed; else that of the first task that did not, as "codencer step wait" has them: 2 failed,
3 timeout, 4 somebody has to act, 5 bridge or executor broke. 1 wrong input; 130 interrupted.
"""

MODES = ("task-file", "task-json", "prompt-file", "goal")
DIRECT = ("--adapter", "--timeout", "--policy", "--validation", "--acceptance")
VALUES = DIRECT + (
    "--run-id",
    "--input-mode",
    "--tasks-file",
    "--project",
    "--progress-file",
    "--title-prefix",
    "--codencer",
    "--orchestratorctl",
)


def out(text):
    sys.stdout.buffer.write(text.encode("utf-8", "surrogateescape"))
    sys.stdout.buffer.flush()


def say(text):
    sys.stderr.buffer.write((text + "\n").encode("utf-8", "surrogateescape"))
    sys.stderr.buffer.flush()


def refuse(sentence):
    say(sentence + "\nWhat it takes: run-tasks --help")
    sys.exit(1)


class Options:
    def __init__(self, arguments):
        self.values = {}
        self.direct = []
        self.does_go_on = os.environ.get("CODENCER_CONTINUE_ON_FAILURE") == "1"
        self.is_resumed = False
        self.is_json = False
        self.read(list(arguments))
        self.check()

    def read(self, rest):
        while rest:
            flag = rest.pop(0)
            if flag in VALUES:
                if not rest:
                    refuse(flag + " requires a value")
                value = rest.pop(0)
                if flag in DIRECT:
                    self.direct += [flag, value]
                else:
                    self.values["--codencer" if flag == "--orchestratorctl" else flag] = value
            elif flag == "--stop-on-failure":
                self.does_go_on = False
            elif flag == "--continue-on-failure":
                self.does_go_on = True
            elif flag == "--resume":
                self.is_resumed = True
            elif flag == "--json":
                self.is_json = True
            elif flag == "--help":
                out(USAGE)
                sys.exit(0)
            else:
                refuse("Unknown argument: " + flag)

    def check(self):
        self.run_id = self.values.get("--run-id", "")
        self.mode = self.values.get("--input-mode", "")
        if not self.run_id:
            refuse("--run-id is required")
        if not self.values.get("--tasks-file"):
            refuse("--tasks-file is required")
        if self.mode not in MODES:
            refuse("--input-mode must be task-file, task-json, prompt-file or goal")
        if self.mode != "goal" and "--title-prefix" in self.values:
            refuse("--title-prefix goes with --input-mode goal only")
        if self.mode.startswith("task-") and self.direct:
            refuse(self.direct[-2] + " goes with --input-mode prompt-file and goal only")


def read_tasks(path):
    try:
        with open(path, encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
            lines = file.read().split("\n")
    except OSError:
        refuse("cannot read the list " + path)
    tasks = [line[:-1] if line.endswith("\r") else line for line in lines]
    tasks = [line for line in tasks if line.strip() and not line.startswith("#")]
    if not tasks:
        refuse("the list " + path + " holds no task")
    return tasks


class Reply:
    def __init__(self, code, text):
        self.code = code
        self.text = text
        try:
            self.document = json.loads(text)
        except ValueError:
            self.document = {}  # no JSON: what was looked for in it is missing, and that is said

    def at(self, key):
        return self.document.get(key) if isinstance(self.document, dict) else None


class Outcome:
    """What a document says of a step or of a failure."""

    def __init__(self, reply, step_id, resumed):
        self.step_id = step_id
        self.resumed = resumed
        self.code = reply.code
        self.message = ""
        self.state = reply.at("state")
        if self.state:
            if self.code != 0:
                self.message = reply.at("status_reason") or reply.at("summary") or ""
            return
        self.state = reply.at("error") or "error"
        self.message = reply.at("message") or ""
        self.code = self.code or 5


def find_program(options):
    if options.values.get("--codencer"):
        return options.values["--codencer"]
    own = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "bin", "codencer.cjs")
    return own if os.access(own, os.X_OK) and os.name != "nt" else "codencer"


def one_line(text):
    return re.sub("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", " ", text)


class TaskList:
    def __init__(self, options):
        self.options = options
        self.tasks = read_tasks(options.values["--tasks-file"])
        self.program = find_program(options)
        self.run_id = options.run_id

    def codencer(self, *arguments):
        """Runs one command with --json: its exit code and the document that it printed."""
        command = [self.program, *arguments, "--json"]
        try:
            run = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=False)
        except OSError as error:
            say("%s cannot be started: %s" % (self.program, error.strerror))
            return Reply(5, "")
        code = run.returncode if run.returncode >= 0 else 130
        return Reply(code, run.stdout.decode("utf-8", "replace"))

    def give_up(self, reply):
        if self.options.is_json:
            out(reply.text)
        say(one_line(reply.at("message") or ""))
        sys.exit(reply.code)

    def open_run(self):
        found = self.codencer("run", "state", self.run_id)
        if found.code == 0:
            return found
        if found.code != 1 or found.at("status") != 404:
            self.give_up(found)
        project = self.options.values.get("--project")
        if not project:
            refuse("run %s does not exist; --project <project> creates it" % self.run_id)
        say("Creating run %s for project %s" % (self.run_id, project))
        started = self.codencer("run", "start", self.run_id, "--project", project)
        if started.code != 0:
            self.give_up(started)
        return started

    def step_ids(self):
        steps = self.codencer("step", "list", self.run_id).document
        return [step["id"] for step in steps] if isinstance(steps, list) else []

    def open_progress(self, state_dir):
        self.progress_file = self.options.values.get("--progress-file")
        try:
            if not self.progress_file:
                folder = os.path.join(state_dir, "run-tasks")
                os.makedirs(folder, exist_ok=True)
                self.progress_file = os.path.join(folder, self.run_id + ".tsv")
                # A repository could have brought a link, and what it leads to is not ours to write.
                if os.path.islink(folder) or os.path.islink(self.progress_file):
                    say("The progress is not written through the link %s" % self.progress_file)
                    sys.exit(5)
            # Steps that were there before are no task of this list.
            if not self.options.is_resumed or not os.path.exists(self.progress_file):
                with open(self.progress_file, "w", encoding="utf-8", newline="") as file:
                    file.writelines("0\t%s\tbefore\n" % step_id for step_id in self.step_ids())
        except OSError as error:
            self.cannot_write(error)

    def cannot_write(self, error):
        say("The progress cannot be written to %s" % error.filename)
        sys.exit(5)

    def note(self, index, source, step_id):
        line = "%d\t%s\t%s\n" % (index, step_id, source)
        try:
            with open(self.progress_file, "a", encoding="utf-8", errors="surrogateescape", newline="") as file:
                file.write(line)
        except OSError as error:
            self.cannot_write(error)

    def read_notes(self):
        with open(self.progress_file, encoding="utf-8", errors="surrogateescape", newline="") as file:
            lines = [line for line in file.read().split("\n") if line]
        return [line.split("\t", 2) for line in lines]

    def noted_step(self, index, source):
        """The step that this task became; "-" when that is not known, empty when it was never submitted."""
        notes = [note for note in self.read_notes() if note[0] == str(index)]
        return notes[-1][1] if notes and notes[-1][2] == source else ""

    def adopted_step(self):
        """A submit that was cut short: the newest step of the run that no task is known to have become."""
        known = {note[1] for note in self.read_notes()}
        unknown = [step_id for step_id in self.step_ids() if step_id not in known]
        return unknown[-1] if unknown else ""

    def source_arguments(self, index, source):
        path = "./" + source if source.startswith("-") else source
        if self.options.mode == "task-file":
            return [path]
        if self.options.mode == "task-json":
            return ["--task-json", path]
        if self.options.mode == "prompt-file":
            return ["--prompt-file", path, *self.options.direct]
        title = "%s %d" % (self.options.values.get("--title-prefix", "Task"), index)
        return ["--goal", source, "--title", title, *self.options.direct]

    def submit(self, index, source):
        self.note(index, source, "-")
        say("[%d/%d] submitting %s" % (index, len(self.tasks), one_line(source)))
        submitted = self.codencer("submit", self.run_id, *self.source_arguments(index, source))
        step_id = submitted.at("id") or ""
        if submitted.code == 0 and step_id:
            self.note(index, source, step_id)
            return self.wait(step_id, False)
        if submitted.code == 1:
            self.note(index, source, "")
        return Outcome(submitted, "", False)

    def wait(self, step_id, resumed):
        return Outcome(self.codencer("step", "wait", step_id), step_id, resumed)

    def resume(self, index, source):
        """Goes on with what became of a task before; submits it when nothing did, or when that has failed."""
        step_id = self.noted_step(index, source)
        if step_id == "-":
            step_id = self.adopted_step()
            if step_id:
                self.note(index, source, step_id)
        if not step_id:
            return self.submit(index, source)
        found = self.codencer("step", "state", step_id)
        outcome = Outcome(found, step_id, True)
        if found.code == 1 and found.at("status") == 404:
            return self.submit(index, source)
        if outcome.code != 0 or outcome.state in ("completed", "completed_with_warnings"):
            return outcome
        if re.fullmatch("failed_.*|timeout|cancelled", outcome.state):
            return self.submit(index, source)
        say("[%d/%d] waiting for %s: %s" % (index, len(self.tasks), step_id, one_line(source)))
        return self.wait(step_id, True)

    def play(self):
        results = []
        for index, source in enumerate(self.tasks, start=1):
            outcome = self.resume(index, source) if self.options.is_resumed else self.submit(index, source)
            if outcome.code >= 128:
                sys.exit(130)
            results.append(
                {
                    "index": index,
                    "source": source,
                    "step_id": outcome.step_id,
                    "state": outcome.state,
                    "exit_code": outcome.code,
                    "resumed": outcome.resumed,
                    "message": outcome.message,
                }
            )
            if not self.options.is_json:
                out(self.line_of(index, source, outcome))
            if outcome.code != 0 and outcome.message:
                say("        " + one_line(outcome.message))
            if outcome.code != 0 and not self.options.does_go_on:
                break
        return results

    def line_of(self, index, source, outcome):
        about = outcome.state + (" (from before)" if outcome.resumed else "")
        if outcome.code != 0:
            about += ", exit %d" % outcome.code
        step = " (%s)" % outcome.step_id if outcome.step_id else ""
        return "[%d/%d] %s: %s%s\n" % (index, len(self.tasks), about, one_line(source), step)

    def run(self):
        instance = self.codencer("instance")
        if instance.code != 0:
            self.give_up(instance)
        say("Codencer works on " + instance.at("repo_root"))
        run = self.open_run()
        self.open_progress(instance.at("state_dir"))
        results = self.play()
        codes = [result["exit_code"] for result in results if result["exit_code"] != 0]
        summary = {
            "run_id": self.run_id,
            "project": run.at("project_id") or "",
            "input_mode": self.options.mode,
            "continue_on_failure": self.options.does_go_on,
            "tasks_total": len(self.tasks),
            "tasks_succeeded": len(results) - len(codes),
            "tasks_failed": len(codes),
            "tasks_not_run": len(self.tasks) - len(results),
            "results": results,
            "final_exit_code": codes[0] if codes else 0,
        }
        self.tell(summary)
        return summary["final_exit_code"]

    def tell(self, summary):
        if self.options.is_json:
            out(format_json(summary))
        else:
            counts = (summary["tasks_total"], summary["tasks_succeeded"], summary["tasks_failed"], summary["tasks_not_run"])
            out("%d tasks: %d completed, %d failed, %d not run.\n" % counts)
        if summary["final_exit_code"] != 0:
            say("To go on where this ended, run the same again with --resume.")


def format_json(value):
    """As the command line prints it: `<`, `>` and `&` escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return re.sub("[<>&\u2028\u2029]", lambda found: "\\u%04x" % ord(found.group()), text) + "\n"


if __name__ == "__main__":
    try:
        sys.exit(TaskList(Options(sys.argv[1:])).run())
    except KeyboardInterrupt:
        sys.exit(130)
