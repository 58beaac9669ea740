import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import { EMPTY_FORM, type TaskForm } from './task-form.ts';

/** What is typed for one run, kept until it is submitted: in this tab, nowhere else. */
export interface Draft {
  readonly form: TaskForm;
  /** A task that is written out as YAML or JSON. */
  readonly text: string;
  /** Where the goal or the task was read from; empty: it was typed. */
  readonly fileName: string;
}

export const NO_DRAFT: Draft = { form: EMPTY_FORM, text: '', fileName: '' };

interface Drafts {
  readonly byRun: Readonly<Record<string, Draft>>;
  readonly change: (runId: string, change: Partial<Draft>) => void;
  readonly forget: (runId: string) => void;
}

export const useDrafts = create<Drafts>()(
  persist(
    (set) => ({
      byRun: {},
      change: (runId, change) =>
        set(({ byRun }) => ({ byRun: { ...byRun, [runId]: { ...NO_DRAFT, ...byRun[runId], ...change } } })),
      forget: (runId) =>
        set(({ byRun }) => ({ byRun: Object.fromEntries(Object.entries(byRun).filter(([id]) => id !== runId)) })),
    }),
    { name: 'codencer-drafts', version: 1, storage: createJSONStorage(() => sessionStorage) },
  ),
);
