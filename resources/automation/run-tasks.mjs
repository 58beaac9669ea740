#!/usr/bin/env node
// Hands an ordered list of tasks to Codencer, one after the other, and tells how they ended.
// Needs Node 18 or newer and Codencer's command line. Its siblings in other languages do the same.

import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const USAGE = `Usage: run-tasks --run-id <id> --input-mode <mode> --tasks-file <path> [options]

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
`;

const MODES = ['task-file', 'task-json', 'prompt-file', 'goal'];
const DIRECT = ['--adapter', '--timeout', '--policy', '--validation', '--acceptance'];
const VALUES = [
  '--run-id',
  '--input-mode',
  '--tasks-file',
  '--project',
  '--progress-file',
  '--title-prefix',
  '--codencer',
  '--orchestratorctl',
  ...DIRECT,
];

const say = (text) => process.stderr.write(`${text}\n`);

function refuse(sentence) {
  say(`${sentence}\nWhat it takes: run-tasks --help`);
  process.exit(1);
}

function readOptions(args) {
  const options = {
    direct: [],
    doesGoOn: process.env.CODENCER_CONTINUE_ON_FAILURE === '1',
    isResumed: false,
    isJson: false,
  };
  const rest = [...args];
  while (rest.length > 0) {
    const flag = rest.shift();
    if (VALUES.includes(flag)) {
      if (rest.length === 0) refuse(`${flag} requires a value`);
      const value = rest.shift();
      if (DIRECT.includes(flag)) options.direct.push(flag, value);
      else options[flag === '--orchestratorctl' ? '--codencer' : flag] = value;
    } else if (flag === '--stop-on-failure') options.doesGoOn = false;
    else if (flag === '--continue-on-failure') options.doesGoOn = true;
    else if (flag === '--resume') options.isResumed = true;
    else if (flag === '--json') options.isJson = true;
    else if (flag === '--help') {
      process.stdout.write(USAGE);
      process.exit(0);
    } else refuse(`Unknown argument: ${flag}`);
  }
  checkOptions(options);
  return options;
}

function checkOptions(options) {
  const mode = options['--input-mode'];
  if (!options['--run-id']) refuse('--run-id is required');
  if (!options['--tasks-file']) refuse('--tasks-file is required');
  if (!MODES.includes(mode)) refuse('--input-mode must be task-file, task-json, prompt-file or goal');
  if (mode !== 'goal' && options['--title-prefix'] !== undefined) {
    refuse('--title-prefix goes with --input-mode goal only');
  }
  const direct = options.direct.at(-2);
  if (mode.startsWith('task-') && direct !== undefined) {
    refuse(`${direct} goes with --input-mode prompt-file and goal only`);
  }
}

function readTasks(path) {
  let text = '';
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    refuse(`cannot read the list ${path}`); // whatever the cause, the path is what is wrong
  }
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  const tasks = lines.map((line) => line.replace(/\r$/, '')).filter((line) => /\S/.test(line) && !line.startsWith('#'));
  if (tasks.length === 0) refuse(`the list ${path} holds no task`);
  return tasks;
}

const options = readOptions(process.argv.slice(2));
const tasks = readTasks(options['--tasks-file']);
const runId = options['--run-id'];
const program = findProgram();

function findProgram() {
  if (options['--codencer']) return [options['--codencer']];
  const own = join(dirname(fileURLToPath(import.meta.url)), '../../bin/codencer.cjs');
  return existsSync(own) ? [process.execPath, own] : ['codencer'];
}

/** Runs one command with --json: its exit code and the document that it printed. */
function codencer(...args) {
  const [file, ...before] = program;
  const stdio = ['ignore', 'pipe', 'inherit'];
  const run = spawnSync(file, [...before, ...args, '--json'], { stdio, encoding: 'utf8', maxBuffer: 2 ** 30 });
  if (run.error) say(`${file} cannot be started: ${run.error.message}`);
  const code = run.error ? 5 : (run.status ?? 130);
  try {
    return { code, document: JSON.parse(run.stdout), text: run.stdout };
  } catch {
    return { code, document: {}, text: run.stdout ?? '' }; // no JSON: what was looked for in it is missing, and that is said
  }
}

const oneLine = (text) => text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, ' ');

function giveUp({ code, document, text }) {
  if (options.isJson) process.stdout.write(text);
  say(oneLine(document.message ?? ''));
  process.exit(code);
}

function openRun() {
  const found = codencer('run', 'state', runId);
  if (found.code === 0) return found.document;
  if (found.code !== 1 || found.document.status !== 404) giveUp(found);
  const project = options['--project'];
  if (!project) refuse(`run ${runId} does not exist; --project <project> creates it`);
  say(`Creating run ${runId} for project ${project}`);
  const started = codencer('run', 'start', runId, '--project', project);
  if (started.code !== 0) giveUp(started);
  return started.document;
}

const instance = codencer('instance');
if (instance.code !== 0) giveUp(instance);
say(`Codencer works on ${instance.document.repo_root}`);
const run = openRun();

const progressFile = options['--progress-file'] ?? findProgressFile();

function findProgressFile() {
  const folder = join(instance.document.state_dir, 'run-tasks');
  return writing(() => {
    mkdirSync(folder, { recursive: true });
    const file = join(folder, `${runId}.tsv`);
    // A repository could have brought a link, and what it leads to is not ours to write.
    if ([folder, file].some((path) => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink())) {
      say(`The progress is not written through the link ${file}`);
      process.exit(5);
    }
    return file;
  });
}

function writing(work) {
  try {
    return work();
  } catch (error) {
    say(`The progress cannot be written to ${error.path}`);
    process.exit(5);
  }
}

const stepIds = () => {
  const { document } = codencer('step', 'list', runId);
  return Array.isArray(document) ? document.map(({ id }) => id) : [];
};

// Steps that were there before are no task of this list.
if (!options.isResumed || !existsSync(progressFile)) {
  const before = stepIds().map((id) => `0\t${id}\tbefore\n`);
  writing(() => writeFileSync(progressFile, before.join('')));
}

const note = (task, stepId) =>
  writing(() => appendFileSync(progressFile, `${task.index}\t${stepId}\t${task.source}\n`));

const readNotes = () =>
  readFileSync(progressFile, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [index, stepId, ...source] = line.split('\t');
      return { index: Number(index), stepId, source: source.join('\t') };
    });

/** The step that this task became; "-" when that is not known, empty when it was never submitted. */
function notedStep(task) {
  const last = readNotes().findLast(({ index }) => index === task.index);
  return last?.source === task.source ? last.stepId : '';
}

/** A submit that was cut short: the newest step of the run that no task is known to have become. */
function adoptedStep() {
  const known = new Set(readNotes().map(({ stepId }) => stepId));
  return stepIds().findLast((id) => !known.has(id)) ?? '';
}

/** What a document says of a step or of a failure. */
function outcomeOf({ code, document }, { stepId, resumed }) {
  const about = { stepId, resumed };
  if (document.state) {
    return {
      ...about,
      code,
      state: document.state,
      message: code === 0 ? '' : document.status_reason || document.summary || '',
    };
  }
  return { ...about, code: code === 0 ? 5 : code, state: document.error || 'error', message: document.message ?? '' };
}

const waitForStep = (stepId, resumed) => outcomeOf(codencer('step', 'wait', stepId), { stepId, resumed });

function sourceArguments({ index, source }) {
  const path = source.startsWith('-') ? `./${source}` : source;
  switch (options['--input-mode']) {
    case 'task-file':
      return [path];
    case 'task-json':
      return ['--task-json', path];
    case 'prompt-file':
      return ['--prompt-file', path, ...options.direct];
    default:
      return ['--goal', source, '--title', `${options['--title-prefix'] ?? 'Task'} ${index}`, ...options.direct];
  }
}

function submitTask(task) {
  note(task, '-');
  say(`[${task.index}/${tasks.length}] submitting ${oneLine(task.source)}`);
  const submitted = codencer('submit', runId, ...sourceArguments(task));
  const stepId = submitted.document.id ?? '';
  if (submitted.code === 0 && stepId !== '') {
    note(task, stepId);
    return waitForStep(stepId, false);
  }
  if (submitted.code === 1) note(task, '');
  return outcomeOf(submitted, { stepId: '', resumed: false });
}

/** Goes on with what became of a task before; submits it when nothing did, or when that has failed. */
function resumeTask(task) {
  let stepId = notedStep(task);
  if (stepId === '-') {
    stepId = adoptedStep();
    if (stepId !== '') note(task, stepId);
  }
  if (stepId === '') return submitTask(task);
  const found = codencer('step', 'state', stepId);
  const outcome = outcomeOf(found, { stepId, resumed: true });
  if (found.code === 1 && found.document.status === 404) return submitTask(task);
  if (outcome.code !== 0 || /^completed(_with_warnings)?$/.test(outcome.state)) return outcome;
  if (/^(failed_.*|timeout|cancelled)$/.test(outcome.state)) return submitTask(task);
  say(`[${task.index}/${tasks.length}] waiting for ${stepId}: ${oneLine(task.source)}`);
  return waitForStep(stepId, true);
}

function lineOf({ index, source }, { code, state, resumed, stepId }) {
  const about = `${state}${resumed ? ' (from before)' : ''}${code === 0 ? '' : `, exit ${code}`}`;
  return `[${index}/${tasks.length}] ${about}: ${oneLine(source)}${stepId === '' ? '' : ` (${stepId})`}\n`;
}

const results = [];
for (const [position, source] of tasks.entries()) {
  const task = { index: position + 1, source };
  const outcome = options.isResumed ? resumeTask(task) : submitTask(task);
  if (outcome.code >= 128) process.exit(130);
  results.push({
    index: task.index,
    source,
    step_id: outcome.stepId,
    state: outcome.state,
    exit_code: outcome.code,
    resumed: outcome.resumed,
    message: outcome.message,
  });
  if (!options.isJson) process.stdout.write(lineOf(task, outcome));
  if (outcome.code !== 0 && outcome.message !== '') say(`        ${oneLine(outcome.message)}`);
  if (outcome.code !== 0 && !options.doesGoOn) break;
}

const failures = results.filter(({ exit_code: code }) => code !== 0);
const summary = {
  run_id: runId,
  project: run.project_id ?? '',
  input_mode: options['--input-mode'],
  continue_on_failure: options.doesGoOn,
  tasks_total: tasks.length,
  tasks_succeeded: results.length - failures.length,
  tasks_failed: failures.length,
  tasks_not_run: tasks.length - results.length,
  results,
  final_exit_code: failures[0]?.exit_code ?? 0,
};
if (options.isJson) process.stdout.write(formatJson(summary));
else {
  const { tasks_succeeded: completed, tasks_failed: failed, tasks_not_run: notRun } = summary;
  process.stdout.write(`${tasks.length} tasks: ${completed} completed, ${failed} failed, ${notRun} not run.\n`);
}
if (summary.final_exit_code !== 0) say('To go on where this ended, run the same again with --resume.');
process.exitCode = summary.final_exit_code;

/** As the command line prints it: `<`, `>` and `&` escaped. */
function formatJson(value) {
  const escapeCharacter = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return `${JSON.stringify(value, null, 2).replace(/[<>&\u2028\u2029]/g, escapeCharacter)}\n`;
}
