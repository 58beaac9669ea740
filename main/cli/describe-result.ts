import type { ClientResult } from '../../contract/client/client-result.ts';
import type { ClientRun } from '../../contract/client/client-run.ts';
import { describeUsage } from './describe-usage.ts';
import { describeValidations } from './describe-validations.ts';
import { formatElapsed } from './format-time.ts';
import { paint, stepTone } from './state-tone.ts';
import { fileName, indented, isShown, oneLine, type Screen } from './terminal.ts';

export interface ResultFacts {
  readonly stepId: string;
  readonly result: ClientResult;
  readonly run: ClientRun | null;
  readonly screen: Screen;
}

/** A result for people: the state first, then what it rests on, then where to look further. */
export function describeResult(programName: string, { stepId, result, run, screen }: ResultFacts): string {
  const isForPerson = isShown(screen);
  const lines = [
    ...(isForPerson ? personHead(stepId, run) : inheritedHead(stepId, run)),
    `State:   ${paint(screen, stepTone(result.state), result.state)}${result.isSimulation ? '  (simulated)' : ''}`,
    `Summary: ${indented(result.summary, 9)}`,
    ...(result.statusReason === '' || result.statusReason === result.summary
      ? []
      : [`Reason:  ${indented(result.statusReason, 9)}`]),
    ...(result.failureClass === '' ? [] : [`Failure: ${result.failureClass}`]),
    ...agentLines(result),
    ...section('Warnings', result.warnings),
    ...section('Questions', result.questions),
    ...section('Changed files', result.filesChanged.map(fileName)),
    ...describeProvisioning(result, { isForPerson }),
    ...(result.validations.length === 0
      ? []
      : ['', isForPerson ? 'Checks:' : '--- Validations ---', ...describeValidations(result.validations)]),
    ...section('Waiting gates', result.gates),
    ...describeSalvage(result),
    '',
    isForPerson ? 'Evidence:' : '[GUIDE] Evidence Drill-down:',
    ...['logs', 'artifacts', 'validations', 'diff', 'open'].map(
      (noun) => `  ${`${noun}:`.padEnd(13)}${programName} step ${noun} ${stepId}`,
    ),
    ...(isForPerson ? [] : ['---------------------------']),
  ];
  return `${lines.join('\n')}\n`;
}

/** Word for word what scripts of the first version look for. */
const inheritedHead = (stepId: string, run: ClientRun | null): readonly string[] => [
  `--- Authoritative Truth (Summary): ${stepId} ---`,
  ...(run === null
    ? []
    : [`Bridge Context:  project=${oneLine(run.projectId)}  conversation=${oneLine(run.conversationId)}`]),
];

const personHead = (stepId: string, run: ClientRun | null): readonly string[] => [
  `Step:    ${stepId}${run === null ? '' : ` of run ${oneLine(run.id)}`}`,
  ...(run === null || run.projectId === '' ? [] : [`Project: ${oneLine(run.projectId)}`]),
];

/** What an agent's vendor calls the conversation, and what it used. */
export function agentLines({ session, usage }: Pick<ClientResult, 'session' | 'usage'>): readonly string[] {
  const used = describeUsage(usage);
  return [...(session === '' ? [] : [`Session: ${oneLine(session)}`]), ...(used === '' ? [] : [`Used:    ${used}`])];
}

const MAX_LISTED = 20;

function section(title: string, items: readonly string[]): readonly string[] {
  if (items.length === 0) return [];
  const rest = items.length - MAX_LISTED;
  const shown = items.slice(0, MAX_LISTED).map((item) => `  ${indented(item, 4)}`);
  return ['', `${title}:`, ...shown, ...(rest > 0 ? [`  ... and ${rest} more`] : [])];
}

function describeProvisioning(
  { provisioning }: ClientResult,
  { isForPerson }: { readonly isForPerson: boolean },
): readonly string[] {
  if (provisioning === null || (provisioning.isSuccess && provisioning.log.length === 0)) return [];
  const { isSuccess, durationMs } = provisioning;
  const title = isForPerson
    ? `Provisioning ${isSuccess ? 'done' : 'failed'} (${formatElapsed(durationMs)}):`
    : `Workspace Provisioning [${isSuccess ? 'SUCCESS' : 'FAILED'}] (${durationMs}ms):`;
  const summary = provisioning.summary === '' ? [] : [`  ${indented(provisioning.summary, 4)}`];
  const log = provisioning.log.map((line) => `  ${indented(line, 4)}`);
  return ['', title, ...summary, ...log];
}

function describeSalvage({ salvage }: ClientResult): readonly string[] {
  if (salvage === null) return [];
  return [
    ...section('Saved work', [
      ...salvage.refs.map(({ name, commit }) => `${name} ${commit.slice(0, 12)}`),
      ...salvage.bundles.map(({ path, artifact }) => `${fileName(path)} → ${artifact}`),
    ]),
    ...section(
      'Not saved, kept on disk',
      salvage.notSaved.map(({ path, reason }) => `${fileName(path)}: ${reason}`),
    ),
    ...(salvage.keptWorktree === null ? [] : [`Kept worktree: ${fileName(salvage.keptWorktree)}`]),
  ];
}
