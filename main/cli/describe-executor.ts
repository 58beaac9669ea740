import { stringify } from 'yaml';
import type { ClientExecutor, ClientExecutorList } from '../../contract/client/client-executor.ts';
import { type Column, formatTable } from './format-table.ts';
import { paint, type Tone } from './state-tone.ts';
import { indented, oneLine, printable, type Screen } from './terminal.ts';

const READY_TONES: Readonly<Record<string, Tone>> = { yes: 'done', simulated: 'warn', no: 'idle' };
const readyTone = (word: string): Tone | null => READY_TONES[word] ?? null;

const COLUMNS: readonly Column[] = [
  { title: 'EXECUTOR', width: 18 },
  { title: 'READY', width: 9, tone: readyTone },
  { title: 'VERSION', width: 12, whenNarrow: 'leave out' },
  { title: 'LOGIN', width: 7, whenNarrow: 'leave out' },
  { title: 'ASKS', width: 7, whenNarrow: 'leave out' },
  { title: 'WHY', width: 30, whenNarrow: 'shorten' },
];

/** Whether a task that names it is taken, in one word. */
function readiness({ isAvailable, mode }: ClientExecutor): string {
  if (!isAvailable) return 'no';
  return mode === 'simulation' ? 'simulated' : 'yes';
}

const asks = ({ canAsk }: ClientExecutor): string => (canAsk === null ? '' : canAsk ? 'yes' : 'no');
const login = ({ loggedIn, agent }: ClientExecutor): string => (hasLogin(agent) ? loggedIn : '');
const hasLogin = (agent: string): boolean => !['simulation', 'command', ''].includes(agent);

/** Why it takes no task, or what it is for: that it asks and who is logged in have columns of their own. */
function about({ isAvailable, mode, profile, detail, binary, version, agent }: ClientExecutor): string {
  const { description } = profile;
  // Of a program that was not asked, or says nothing of itself, the reason counts more.
  const isSilent = binary !== null && version === null && hasLogin(agent);
  const isReady = isAvailable && mode !== 'simulation' && !isSilent;
  return isReady && typeof description === 'string' && description !== '' ? description : detail;
}

export function describeExecutors({ executors, problems }: ClientExecutorList, screen: Screen): string {
  const rows = executors.map((one) => [
    one.name,
    readiness(one),
    oneLine(one.version ?? ''),
    login(one),
    asks(one),
    oneLine(about(one)),
  ]);
  const unread = problems.map((problem) => `Not read: ${oneLine(problem)}\n`);
  return `${formatTable(screen, COLUMNS, rows)}${unread.join('')}`;
}

export function describeExecutor(executor: ClientExecutor, screen: Screen): string {
  const { name, agent, binary, version, sandbox, transport, profile, problems, detail } = executor;
  const ready = readiness(executor);
  const lines = [
    `--- Executor: ${oneLine(name)} ---`,
    `Ready:     ${paint(screen, readyTone(ready), ready)}`,
    ...(problems.length === 0 ? [`Why:       ${indented(detail, 11)}`] : []),
    ...problems.map((problem) => `Problem:   ${indented(problem, 11)}`),
    ...(agent === '' ? [] : [`Agent:     ${oneLine(`${agent} by ${transport}`)}`]),
    ...(binary === null ? [] : [`Program:   ${oneLine(binary)}${version === null ? '' : `, ${oneLine(version)}`}`]),
    ...(login(executor) === '' ? [] : [`Logged in: ${login(executor)}`]),
    ...(sandbox === null ? [] : [`Sandbox:   ${oneLine(sandbox)}`]),
    `Profile:   ${sourceOf(executor)}`,
    ...(agent === '' ? [] : ['', printable(stringify(profile).trimEnd())]),
  ];
  return `${lines.join('\n')}\n`;
}

function sourceOf({ source, file, profileHash }: ClientExecutor): string {
  const from =
    file === null ? 'built in' : `${oneLine(file)}${source === 'shipped' ? ' (comes with the program)' : ''}`;
  return profileHash === '' ? from : `${from}, ${profileHash.slice(0, 12)}`;
}
