import { permissionGateIdOf } from '../../../contract/ids.ts';
import type { PermissionRequest } from '../../../contract/permission.ts';
import type { GateRecord } from '../../../contract/records.ts';
import { agentTitle } from '../domain/agent-title.ts';
import type { Answered } from '../domain/describe-answer.ts';
import { subjectText } from '../domain/digest-subject.ts';
import { judgeByRules, type PlacedRequest } from '../domain/permission-rules.ts';
import { permissionSentence } from '../domain/permission-sentence.ts';
import { reachText } from '../domain/reach-text.ts';
import { visibleText } from '../domain/visible-text.ts';
import { readHeld } from './attempt-work.ts';
import { answerOfGate, awaitPermission, CANCELLED } from './await-permission.ts';
import type { ServiceContext } from './context.ts';
import { recordGateAnswered } from './ledger.ts';
import type { OpenQuestions } from './open-questions.ts';
import { persist } from './persist.ts';
import { recordPermissionAsked } from './record-permission.ts';

/** How many questions of one attempt may wait for a person at once. */
export const MAX_OPEN_PERMISSIONS = 20;
/** How many questions of one attempt people are asked at all. Who wants more of them answered writes rules. */
export const MAX_PERMISSIONS = 200;
/** Characters of a request as JSON. What is longer nobody can look through, and the record keeps no parts of it. */
export const MAX_REQUEST_LENGTH = 1_000_000;

export interface Question {
  /** `manual`: what only a person can answer. */
  readonly kind: 'permission' | 'manual';
  readonly request: PermissionRequest;
  /** Aborted when the agent takes its question back. */
  readonly signal: AbortSignal;
}

/**
 * Answers what an executor asks: by the rules of its profile, by what was allowed before, or by a person, for whom a gate
 * is opened. Whoever answers, a gate in the record says so. Never rejects.
 */
export async function askPermission(
  context: ServiceContext,
  questions: OpenQuestions,
  { kind, request, signal }: Question,
): Promise<Answered> {
  const over = AbortSignal.any([signal, questions.closed]);
  try {
    await Promise.race([questions.begun, aborted(over)]);
    const ready = { kind, ...(await prepare(context, questions, request)) };
    const write = () => (over.aborted ? null : recordQuestion(context, questions, ready));
    // A full disk holds up the question; nobody waits for that once it is over, and nothing is written then.
    const gate = await Promise.race([persist(context, write), aborted(over).then(() => null)]);
    if (gate === null) return CANCELLED;
    if (gate.state !== 'pending') return answerOfGate(gate);
    questions.askedOfPeople += 1;
    return await awaitPermission(context, { gate, questions, signal });
  } catch (error) {
    // The work of another daemon, or a fault of ours: nobody may act on an answer that the record does not hold.
    context.log('error', 'a permission could not be asked for', { attempt: questions.work.attemptId, error });
    return CANCELLED;
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

interface Ready extends Pick<Question, 'kind'> {
  /** As the record and a person see it: without secrets. */
  readonly request: PermissionRequest;
  readonly placed: PlacedRequest;
  readonly isTooLong: boolean;
  /** Digest of what an allowance for the attempt would cover. */
  readonly reach: string;
}

/** Rules judge what is really asked; everybody else sees it redacted. */
async function prepare(
  context: ServiceContext,
  questions: OpenQuestions,
  asked: PermissionRequest,
): Promise<Omit<Ready, 'kind'>> {
  const request = redactRequest(asked, questions.redact);
  const isTooLong = JSON.stringify(request).length > MAX_REQUEST_LENGTH;
  const placed = await place(context, questions, asked);
  const reach = context.sha256(reachText(asked, placed));
  return { request: isTooLong ? nameOnly(request) : request, placed, isTooLong, reach };
}

async function place(
  { workspaces }: ServiceContext,
  { work }: OpenQuestions,
  asked: PermissionRequest,
): Promise<PlacedRequest> {
  const { tool, toolKind, command, paths } = asked;
  const from = asked.cwd ?? work.worktreePath;
  const within = (path: string) => workspaces.pathWithin(work.worktreePath, { path, from });
  const namesOf = (path: string) => workspaces.pathNames(work.worktreePath, { path, from });
  const placed = await Promise.all(
    paths.map(async (path) => ({ inside: await within(path), names: await namesOf(path) })),
  );
  return { tool, toolKind, command, isInWorktree: (await within('.')) !== null, paths: placed };
}

function redactRequest(request: PermissionRequest, redact: (text: string) => string): PermissionRequest {
  const redactOrNull = (text: string | null) => (text === null ? null : redact(text));
  return {
    tool: redact(request.tool),
    toolKind: request.toolKind,
    title: redact(request.title),
    command: redactOrNull(request.command),
    cwd: redactOrNull(request.cwd),
    paths: request.paths.map(redact),
    diff: redactOrNull(request.diff),
    input: redact(request.input),
    reason: redact(request.reason),
  };
}

const nameOnly = ({ tool, toolKind, cwd }: PermissionRequest): PermissionRequest => ({
  tool: tool.slice(0, 200),
  toolKind,
  title: '',
  command: null,
  cwd: cwd?.slice(0, 4096) ?? null,
  paths: [],
  diff: null,
  input: '',
  reason: '',
});

interface Verdict {
  readonly by: string;
  readonly state: 'approved' | 'rejected';
  readonly scope: GateRecord['scope'];
  readonly reason: string;
}

/** The gate of a question, closed when it needs no person. Throws `LeaseLost`. */
function recordQuestion(context: ServiceContext, questions: OpenQuestions, ready: Ready): GateRecord {
  return context.store.transaction(() => {
    const { step } = readHeld(context, questions.work);
    const asked = newGate(context, questions, ready);
    const verdict = verdictOf(context, questions, ready);
    if (verdict === null) {
      recordPermissionAsked(context, step, asked);
      questions.reaches.set(asked.id, ready.reach);
      return asked;
    }
    const { by: decidedBy, ...decided } = verdict;
    const closed = { ...asked, ...decided, decidedBy, decidedAtMs: asked.createdAtMs, expiresAtMs: null };
    recordGateAnswered(context, closed);
    return closed;
  });
}

/** Null: a person has to say. */
function verdictOf(
  context: ServiceContext,
  questions: OpenQuestions,
  { kind, placed, isTooLong, reach }: Ready,
): Verdict | null {
  if (isTooLong)
    return refused(`what it asks has more than ${MAX_REQUEST_LENGTH} characters: too long to be looked at`);
  if (kind === 'manual') return refusalOfMore(context, questions);
  const { effect, rule } = judgeByRules(questions.profile.permissions, placed);
  const by = `profile:${questions.profile.name}`;
  const reason = rule === null ? 'what the profile says to anything else' : `rule ${rule} of the profile`;
  if (effect === 'allow') return { by, state: 'approved', scope: 'once', reason };
  if (effect === 'reject') return { by, state: 'rejected', scope: null, reason };
  const allowance = questions.allowances.get(reach);
  if (allowance !== undefined) {
    const earlier = `${allowance.gateId} was allowed for the attempt`;
    return { by: allowance.by, state: 'approved', scope: 'attempt', reason: earlier };
  }
  return refusalOfMore(context, questions);
}

/** A person can be asked only so much. Null: this one, too. */
function refusalOfMore({ store }: ServiceContext, { work, askedOfPeople }: OpenQuestions): Verdict | null {
  if (askedOfPeople >= MAX_PERMISSIONS)
    return refused(`this attempt has asked ${askedOfPeople} questions already, and people are asked no more of it`);
  const open = store.gates.pendingOfAttempt(work.attemptId).length;
  return open < MAX_OPEN_PERMISSIONS ? null : refused(`${open} questions of this attempt wait for an answer already`);
}

/** What a person has to know of a question, whatever the agent says: it reaches further than its own worktree. */
function outsideReasons({ paths }: PermissionRequest, placed: PlacedRequest): readonly string[] {
  const outside = paths.filter((_, index) => placed.paths[index]?.inside === null);
  const reasons =
    outside.length === 0 ? [] : [`names files outside of the attempt's worktree: ${visibleText(outside.join(', '))}`];
  return placed.isInWorktree ? reasons : [...reasons, "would run outside of the attempt's worktree"];
}

const refused = (reason: string): Verdict => ({ by: 'daemon', state: 'rejected', scope: null, reason });

function newGate(
  { store, clock, sha256 }: ServiceContext,
  questions: OpenQuestions,
  { kind, request, placed }: Ready,
): GateRecord {
  const { place } = questions.work;
  const createdAtMs = clock();
  const asker = { title: agentTitle(questions.profile), worktreePath: questions.work.worktreePath };
  return {
    ...place,
    id: permissionGateIdOf(place.attemptId, store.gates.countOfAttempt(place.attemptId) + 1),
    kind,
    subject: 'attempt',
    state: 'pending',
    prompt: kind === 'manual' ? request.title : permissionSentence(asker, request),
    reasons: [...(request.reason === '' ? [] : [request.reason]), ...outsideReasons(request, placed)],
    subjectDigest: sha256(subjectText(request)),
    // What a person is to do has the attempt's own time limit.
    expiresAtMs: kind === 'manual' ? null : createdAtMs + questions.profile.permissions.expirySeconds * 1000,
    onExpiry: 'reject',
    createdAtMs,
    decidedAtMs: null,
    decidedBy: null,
    decidedDigest: null,
    reason: '',
    request: kind === 'manual' ? null : request,
    scope: null,
  };
}
