import { describeEvent } from '../describe-event.ts';
import { type Column, formatTable } from '../format-table.ts';
import { formatSecond, formatTicking } from '../format-time.ts';
import { runExit, stepExit } from '../state-exits.ts';
import { paint, runTone, stepTone, type Tone } from '../state-tone.ts';
import type { Screen, ScreenSize } from '../terminal.ts';
import { cutText } from '../text-width.ts';
import type { WatchedStep, WatchModel } from './watch-model.ts';

export interface Frame {
  readonly model: WatchModel;
  readonly nowMs: number;
  /** What is said below; empty: nothing. */
  readonly notice: string;
}

/** A run: its state, its steps as far as there is room, and what happened last. */
export function runFrame(runId: string, { model, nowMs, notice }: Frame, screen: Screen): readonly string[] {
  const size = sizeOf(screen);
  const { runState, runSinceMs } = model;
  const steps = [...model.steps.values()];
  const about = [elapsed(runSinceMs, nowMs), endedOf(runId, runState, steps)];
  const head = headLine(`run ${runId}`, { state: runState, tone: runTone(runState), about, screen });
  const rows = stepRows(steps, Math.max(1, size.rows - FIXED_ROWS));
  const table = formatTable(
    screen,
    COLUMNS,
    rows.shown.map((step) => cellsOf(step, nowMs)),
  )
    .trimEnd()
    .split('\n');
  return [
    head,
    ...(steps.length === 0 ? ['No step was submitted yet.'] : table),
    ...(rows.rest === '' ? [] : [rows.rest]),
    ...recentLines(model, RECENT_OF_RUN, screen),
    ...(notice === '' ? [] : [cutText(notice, size.columns)]),
  ];
}

/** A step: its state and why, its attempt and what that told last, and what happened before. */
export function stepFrame(stepId: string, { model, nowMs, notice }: Frame, screen: Screen): readonly string[] {
  const { columns, rows } = sizeOf(screen);
  const step = model.steps.get(stepId);
  const state = step?.state ?? '';
  const about = step === undefined ? [] : [elapsed(step.sinceMs, nowMs), step.title];
  const details = step === undefined ? [] : detailsOf(step, nowMs).map((line) => cutText(line, columns));
  return [
    headLine(`step ${stepId}`, { state, tone: stepTone(state), about, screen }),
    ...details,
    ...recentLines(model, Math.max(1, Math.min(RECENT_OF_STEP, rows - details.length - 3)), screen),
    ...(notice === '' ? [] : [cutText(notice, columns)]),
  ];
}

/** A step on one line. */
export function stepLine(stepId: string, { model, nowMs }: Frame, screen: Screen): string {
  const step = model.steps.get(stepId);
  const state = step?.state ?? '';
  const about = step === undefined ? [] : [elapsed(step.submittedAtMs, nowMs), nowOf(step)];
  return headLine(`step ${stepId}`, { state, tone: stepTone(state), about, screen });
}

/** A run on one line, with what was told last of any of its steps. */
export function runLine(runId: string, { model, nowMs }: Frame, screen: Screen): string {
  const { runState, runCreatedAtMs } = model;
  const steps = [...model.steps.values()];
  const newest = steps.toSorted((one, other) => lastTold(other) - lastTold(one))[0];
  const now =
    newest === undefined ? '' : [newest.id, newest.state, nowOf(newest)].filter((part) => part !== '').join(' ');
  const about = [elapsed(runCreatedAtMs, nowMs), endedOf(runId, runState, steps), now];
  return headLine(`run ${runId}`, { state: runState, tone: runTone(runState), about, screen });
}

const lastTold = ({ sinceMs, progressAtMs }: WatchedStep): number => Math.max(sinceMs ?? 0, progressAtMs ?? 0);

const RECENT_OF_RUN = 3;
const RECENT_OF_STEP = 8;
/** Head, titles, rule, the line about the rest, what happened last, the last line, and one that stays free. */
const FIXED_ROWS = 6 + RECENT_OF_RUN;

const COLUMNS: readonly Column[] = [
  { title: 'STEP ID', width: 0 },
  { title: 'STATE', width: 0, tone: stepTone },
  { title: 'FOR', width: 0, whenNarrow: 'leave out' },
  { title: 'TITLE', width: 0, whenNarrow: 'shorten' },
  { title: 'NOW', width: 0, whenNarrow: 'shorten' },
];

/** An open run that has nothing left to do ends only when somebody closes it: who waits has to be told. */
function endedOf(runId: string, runState: string, steps: readonly WatchedStep[]): string {
  const ended = steps.filter(({ state }) => stepExit(state) !== null && !WAITING.has(state)).length;
  const isIdle = ended > 0 && ended === steps.length && runExit(runState) === null;
  return `${ended} of ${steps.length} steps ended${isIdle ? `, open until: run complete ${runId}` : ''}`;
}

const cellsOf = (step: WatchedStep, nowMs: number): readonly string[] => [
  step.id,
  step.state,
  stepExit(step.state) === null || WAITING.has(step.state) ? elapsed(step.sinceMs, nowMs) : '',
  step.title,
  nowOf(step),
];

/** These end a wait and yet are no end. */
const WAITING: ReadonlySet<string> = new Set(['needs_approval', 'needs_manual_attention']);

function nowOf({ state, gateIds: [gateId], command, progress, reason, attempt, executor }: WatchedStep): string {
  if (state === 'needs_approval' && gateId !== undefined) return `gate show ${gateId}`;
  if (stepExit(state) !== null) return reason;
  const runs = state === 'running' ? command || progress || `on ${executor}` : progress;
  return `${attempt > 1 ? `attempt ${attempt}: ` : ''}${runs || reason}`;
}

function detailsOf(
  { attempt, executor, command, progress, progressAtMs, reason, gateIds }: WatchedStep,
  nowMs: number,
): readonly string[] {
  const told = progressAtMs === null ? '' : `, ${elapsed(progressAtMs, nowMs)} ago`;
  return [
    ...(reason === '' ? [] : [`why: ${reason}`]),
    ...(attempt === 0 ? [] : [`attempt ${attempt}${executor === '' ? '' : ` on ${executor}`}`]),
    ...(command === '' ? [] : [`runs: ${command}`]),
    ...(progress === '' ? [] : [`last: ${progress}${told}`]),
    ...gateIds.map((gateId) => `gate: ${gateId}`),
  ];
}

interface Head {
  readonly state: string;
  readonly tone: Tone | null;
  readonly about: readonly string[];
  readonly screen: Screen;
}

function headLine(name: string, { state, tone, about, screen }: Head): string {
  const parts = [name, state, ...about].filter((part) => part !== '');
  const line = cutText(parts.join('  '), sizeOf(screen).columns);
  return line.replace(`  ${state}`, () => `  ${paint(screen, tone, state)}`);
}

interface StepRows {
  readonly shown: readonly WatchedStep[];
  /** What the others are; empty when all are shown. */
  readonly rest: string;
}

/** Who waits for somebody goes before who works, failed, waits its turn and is done; the order itself stays. */
function stepRows(steps: readonly WatchedStep[], room: number): StepRows {
  if (steps.length <= room) return { shown: steps, rest: '' };
  const byWeight = steps.toSorted((one, other) => weightOf(one) - weightOf(other));
  const chosen = new Set(byWeight.slice(0, room));
  const others = Map.groupBy(
    steps.filter((step) => !chosen.has(step)),
    ({ state }) => state,
  );
  const counts = [...others].map(([state, list]) => `${list.length} ${state}`).join(', ');
  return { shown: steps.filter((step) => chosen.has(step)), rest: `… and ${steps.length - room} more: ${counts}` };
}

const WEIGHTS: readonly (Tone | null)[] = ['you', 'live', 'infra', 'fail', 'warn', null, 'idle', 'done'];
const weightOf = ({ state }: WatchedStep): number => WEIGHTS.indexOf(stepTone(state));

function recentLines({ recent }: WatchModel, count: number, screen: Screen): readonly string[] {
  const plain: Screen = { ...screen, hasColor: false };
  const { columns } = sizeOf(screen);
  return recent.slice(-count).map((event) => {
    const line = `${formatSecond(event.atMs).slice(11, 19)} ${describeEvent(event, plain)}`;
    return paint(screen, 'idle', cutText(line, columns));
  });
}

const sizeOf = (screen: Screen): ScreenSize => screen.size() ?? { columns: 80, rows: 24 };

const elapsed = (sinceMs: number | null, nowMs: number): string =>
  sinceMs === null ? '' : formatTicking(nowMs - sinceMs);
