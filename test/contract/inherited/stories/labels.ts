import { fixed, refused } from '../case.ts';

/** Differences that several captures show. */

export const NOT_A_FAULT = fixed(
  'unlisted',
  '500 for an id that is not there: a mistake of the caller told as a fault',
  [
    '404 in the same words; the client exits 1 and no longer 5',
    'a 500 means that the daemon is broken, and scripts try again on it',
  ],
);

export const CONFLICT = fixed('unlisted', '500 for what was already decided', [
  '409 in the same words; the client exits 5 as before',
  'a 500 means that the daemon is broken',
]);

export const DUPLICATE = fixed('unlisted', "500 with the database's own complaint for an id that is taken", [
  '409 with a sentence; the client exits 5 as before',
  'a 500 means that the daemon is broken',
]);

export const NO_DEAD_BINDING = refused('unlisted', 'any number was recorded as a bound Antigravity, seen or not', [
  '404 with a sentence; nothing is recorded, and the status stays `null`',
  'a binding to a process that is not there, or to anything that listens, would carry tasks and a token to it',
]);

export const CLOSED_RUN = fixed(11, 'a run that was aborted took more steps and worked on them', [
  '400: the run is closed',
  'an abort that does not hold is none',
]);

export const STATE_AT_ONCE = fixed(
  3,
  'answered before the step was stored: an empty state, unset times, then perhaps 404',
  ['the step is on disk before the 202 goes out, with its state and times', 'whoever asks next finds it'],
);

export const CHECKED_TASK = fixed(26, 'a task was taken whatever it said', [
  '400 with one sentence, and nothing is stored',
  'a mistake is cheapest when it is told at once',
]);
