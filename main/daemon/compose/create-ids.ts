import { randomBytes, randomUUID } from 'node:crypto';
import { type InstanceId, RunId, StepId, TokenId, TraceId } from '../../../contract/ids.ts';
import type { Ids } from '../services/context.ts';

/** 62 bits, in lower case: short enough to be said aloud, never the same twice. */
const shortId = (): string =>
  BigInt(`0x${randomBytes(8).toString('hex')}`)
    .toString(36)
    .padStart(13, '0')
    .slice(-12);

/**
 * Ids are random, not counted: two submits in one second must not meet. The mark names instance and attempt, so that a
 * process found in the process table can be traced, and ends in something that nobody can guess.
 */
export const createIds = (instanceId: InstanceId): Ids => ({
  run: () => RunId.parse(`run-${shortId()}`),
  step: () => StepId.parse(`step-${shortId()}`),
  trace: () => TraceId.parse(randomUUID()),
  token: () => TokenId.parse(`token-${shortId()}`),
  mark: (attemptId) => `${markPrefixOf(instanceId)}${attemptId}:${randomBytes(12).toString('hex')}`,
  secret: () => randomBytes(32).toString('base64url'),
});

export const markPrefixOf = (instanceId: InstanceId): string => `${instanceId}:`;

/** Of the git commands of one daemon: theirs are not the marks of attempts, and another daemon's are not its own. */
export const createGitMark = (instanceId: InstanceId): string =>
  `${gitMarkPrefixOf(instanceId)}${randomBytes(12).toString('hex')}`;

export const gitMarkPrefixOf = (instanceId: InstanceId): string => `git:${instanceId}:`;
