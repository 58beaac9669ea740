import { type AllowanceReach, allowanceReach } from '../../contract/allowance-reach.ts';
import type { ClientGate } from '../../contract/client/client-gate.ts';
import { formatClock } from './format-time.ts';
import { ownEntry } from './own-entry.ts';

/** What a gate asks and what its answers do, in words. */
export interface GateWords {
  /** What is asked: `Run a command`. */
  readonly title: string;
  /** Verb and noun. */
  readonly approve: string;
  readonly reject: string;
  readonly whenApproved: string;
  readonly whenRejected: string;
  /** Whether it can be taken back; nothing here can. */
  readonly undo: string;
  /** A no ends the step: whoever reads the record wants to know why. */
  readonly needsReason: boolean;
}

/** `Codex asks to run: npm test`, as the daemon tells permissions; its other gates are its own. */
const ASKED = /^(?<asker>.{1,80}?) asks to (?<verb>[a-z]+)[^:]*: (?<subject>.*)$/s;

export const askerOf = ({ description }: Pick<ClientGate, 'description'>): string =>
  ASKED.exec(description)?.groups?.['asker'] ?? '';

export function gateWords(gate: ClientGate): GateWords {
  switch (gate.kind) {
    case 'permission':
      return permissionWords(gate);
    case 'manual':
      return MANUAL;
    case 'policy':
      return ACCEPT_CHANGES;
    case 'info':
      return { ...LET_GO_ON, title: 'Answer questions' };
    default:
      return gate.attemptId === '' ? LET_START : { ...LET_GO_ON, title: 'Approve the result' };
  }
}

const MANUAL: GateWords = {
  title: 'Do a task by hand',
  approve: 'Mark as done',
  reject: 'Call it off',
  whenApproved: 'The attempt ends as done. What is in its worktree is saved and checked.',
  whenRejected: 'The attempt ends as called off. What is in its worktree is saved.',
  undo: 'Neither can be taken back.',
  needsReason: true,
};

const CANCELS = 'The step ends Cancelled. Its work is kept.';

const ACCEPT_CHANGES: GateWords = {
  title: 'Accept changes',
  approve: 'Accept changes',
  reject: 'Reject changes',
  whenApproved: 'The step ends as its attempt did. Nothing is run or merged.',
  whenRejected: CANCELS,
  undo: 'Neither can be taken back.',
  needsReason: true,
};

const LET_GO_ON: GateWords = {
  title: 'Approve a step',
  approve: 'Approve step',
  reject: 'Reject step',
  whenApproved: 'The step goes on.',
  whenRejected: CANCELS,
  undo: 'Neither can be taken back.',
  needsReason: true,
};

const LET_START: GateWords = {
  ...LET_GO_ON,
  title: 'Let a step start',
  approve: 'Let step start',
  whenApproved: 'The step may start, when it is its turn.',
  whenRejected: 'The step ends Cancelled. Nothing of it ran.',
  undo: 'Cannot be taken back once it starts. You can still cancel the step.',
};

interface Deed {
  readonly title: string;
  /** After `Approve` and `Reject`. */
  readonly noun: string;
  readonly isDone: string;
}

const DEEDS: Readonly<Record<string, Deed>> = {
  execute: { title: 'Run a command', noun: 'command', isDone: 'It runs once, there.' },
  read: { title: 'Read files', noun: 'reading', isDone: 'They are read once.' },
  edit: { title: 'Change files', noun: 'change', isDone: 'The change is made once.' },
  delete: { title: 'Delete files', noun: 'deletion', isDone: 'They are deleted.' },
  move: { title: 'Move files', noun: 'move', isDone: 'They are moved once.' },
  search: { title: 'Search', noun: 'search', isDone: 'It is searched once.' },
  fetch: { title: 'Fetch from the network', noun: 'request', isDone: 'It is fetched once.' },
};

const KINDS: Readonly<Record<string, string>> = { run: 'execute', change: 'edit' };

/** Closed gates of a list come without what was asked: their sentence has the verb. */
function deedOf({ request, description }: ClientGate): string {
  const verb = ASKED.exec(description)?.groups?.['verb'] ?? '';
  return request?.toolKind ?? ownEntry(KINDS, verb) ?? verb;
}

function permissionWords(gate: ClientGate): GateWords {
  const { title, noun, isDone } = ownEntry(DEEDS, deedOf(gate)) ?? {
    title: 'Use a tool',
    noun: 'use',
    isDone: 'It is used once.',
  };
  return {
    title,
    approve: `Approve ${noun}`,
    reject: `Reject ${noun}`,
    whenApproved: `${isDone} The step goes on.`,
    whenRejected: `${askerOf(gate) || 'The agent'} is told no, with your reason. The step goes on.`,
    undo: 'Cannot be taken back once it starts. You can still abort the step.',
    needsReason: false,
  };
}

/** What an allowance for the attempt covers beside what is asked. Empty: the gate has none. */
export function attemptReach({ request }: Pick<ClientGate, 'request'>): string {
  return request === null ? '' : `Until the attempt ends, ${REACH[allowanceReach(request)]} is not asked again.`;
}

const REACH: Readonly<Record<AllowanceReach, string>> = {
  command: 'this same command in this same folder',
  files: 'whatever this tool does to these same files',
  same: 'the very same',
};

/** What is asked for, in one line of a list. */
export function gateSubject({ request, description, reasons, kind }: ClientGate): string {
  if (request === null && kind === 'policy' && reasons.length > 0) return reasons.join(', ');
  if (request === null) return ASKED.exec(description)?.groups?.['subject'] ?? description;
  const { command, paths, title, tool } = request;
  if (command !== '') return command;
  return paths.length > 0 ? paths.join(', ') : title || tool;
}

/**
 * Who closed a gate, as far as a window knows: itself; somebody else, while the card was open; or nobody that it saw.
 */
export type ClosedBy = 'own' | 'elsewhere' | 'unseen';

/** How it was closed. */
export function closedSentence(gate: ClientGate, closedBy: ClosedBy): string {
  const at = gate.resolvedAtMs === null ? '' : ` ${formatClock(gate.resolvedAtMs)}`;
  const by = byWhom(gate.decidedBy, closedBy);
  switch (gate.state) {
    case 'approved':
      return `Approved${by}${at}.${gate.scope === 'attempt' ? ' For the whole attempt.' : ''}`;
    case 'rejected':
      return `Rejected${by}${at}.`;
    case 'expired':
      return gate.onExpiry === 'keep' ? `Expired${at}.` : `Expired${at}, rejected by its rule.`;
    case 'withdrawn':
      return `${askerOf(gate) === '' ? 'Withdrawn' : `Withdrawn for ${askerOf(gate)}`}${at}. Nothing of it ran.`;
    default:
      return `Closed as ${gate.state}${at}.`;
  }
}

/** The record knows operators, profiles and attempts. */
function byWhom(decidedBy: string, closedBy: ClosedBy): string {
  if (closedBy === 'own' || decidedBy === '') return '';
  if (decidedBy === 'operator') return closedBy === 'unseen' ? '' : ' from another window or the command line';
  return decidedBy.startsWith('profile:')
    ? ` by a rule of the profile ${decidedBy.slice('profile:'.length)}`
    : ` by ${decidedBy}`;
}
