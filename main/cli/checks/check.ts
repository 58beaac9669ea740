/** One thing that was looked at. `warning`: works, but; `problem`: something will not work. */
export interface Check {
  readonly name: string;
  readonly result: 'ok' | 'warning' | 'problem';
  readonly detail: string;
  /** What to do about it; empty when there is nothing to do. */
  readonly advice: string;
}

export const fine = (name: string, detail: string): Check => ({ name, result: 'ok', detail, advice: '' });

export const warn = (name: string, detail: string, advice: string): Check => ({
  name,
  result: 'warning',
  detail,
  advice,
});

export const bad = (name: string, detail: string, advice: string): Check => ({
  name,
  result: 'problem',
  detail,
  advice,
});
