import type { Fields } from './read-fields.ts';

/** What a re-check of the event chain and of every artifact found. */
export interface ClientAudit {
  readonly isOk: boolean;
  readonly events: number;
  readonly artifacts: number;
  readonly problems: readonly { readonly kind: string; readonly subject: string; readonly sentence: string }[];
}

export const clientAudit = (fields: Fields): ClientAudit => ({
  isOk: fields.flag('ok'),
  events: fields.integer('events'),
  artifacts: fields.integer('artifacts'),
  problems: fields.objects('problems', (one) => ({
    kind: one.text('kind'),
    subject: one.text('subject'),
    sentence: one.text('sentence'),
  })),
});

/** One thing that the daemon looked at in itself. `result` is `ok`, `warning` or `problem`. */
export interface ClientCheck {
  readonly name: string;
  readonly result: string;
  readonly detail: string;
  readonly advice: string;
}

export const clientChecks = (fields: Fields): readonly ClientCheck[] =>
  fields.objects('checks', (one) => ({
    name: one.text('name'),
    result: one.text('result'),
    detail: one.text('detail'),
    advice: one.text('advice'),
  }));
