import type { Story } from './case.ts';
import { A } from './stories/a.ts';
import { B } from './stories/b.ts';
import { C } from './stories/c.ts';
import { D } from './stories/d.ts';
import { E } from './stories/e.ts';
import { F } from './stories/f.ts';
import { J } from './stories/j.ts';
import { K } from './stories/k.ts';
import { L } from './stories/l.ts';
import { M } from './stories/m.ts';
import { N } from './stories/n.ts';
import { O } from './stories/o.ts';
import { P } from './stories/p.ts';
import { Q } from './stories/q.ts';
import { R } from './stories/r.ts';
import { S } from './stories/s.ts';
import { W } from './stories/w.ts';
import { X } from './stories/x.ts';
import { Y } from './stories/y.ts';
import { Z } from './stories/z.ts';

export const STORIES: readonly Story[] = [A, B, C, D, E, F, J, K, L, M, N, O, P, ...Q, R, S, W, X, Y, Z];

/** How many things each section of the capture shows: as many cases there have to be, replayed or named as later work. */
export const CAPTURED: Readonly<Record<string, number>> = {
  A: 29,
  B: 20,
  C: 10,
  D: 7,
  E: 42,
  F: 46,
  J: 1,
  K: 7,
  L: 7,
  M: 4,
  N: 12,
  O: 10,
  P: 11,
  Q: 3,
  R: 5,
  S: 14,
  W: 10,
  X: 21,
  Y: 13,
  Z: 18,
};

/** Sections of the capture that wait as a whole, and for what. */
export const LATER_SECTIONS: Readonly<Record<string, string>> = {
  G: 'the inherited tool route, which comes with the real protocol',
  H: 'gates as the agents of the first version raised them',
  I: 'policy files as the first version loaded them',
  T: 'the broker for Antigravity',
  U: 'the executor for Antigravity',
  V: 'that executor through the broker',
};
