import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';

/** A comment on lines of a comparison, kept until it is sent: in this tab, nowhere else. */
export interface Note {
  readonly id: string;
  readonly stepId: string;
  /** Which comparison it was made on. */
  readonly comparison: string;
  readonly path: string;
  /** Of the side that was commented on. */
  readonly side: 'additions' | 'deletions';
  /** Numbers of lines, the last one included; 0: the file as a whole. */
  readonly start: number;
  readonly end: number;
  /** The lines as they are, without their signs. */
  readonly quote: string;
  readonly text: string;
}

interface Notes {
  readonly notes: readonly Note[];
  readonly add: (note: Note) => void;
  readonly write: (id: string, text: string) => void;
  readonly remove: (id: string) => void;
  readonly removeOfStep: (stepId: string) => void;
}

export const useNotes = create<Notes>()(
  persist(
    (set) => ({
      notes: [],
      add: (note) => set(({ notes }) => ({ notes: [...notes, note] })),
      write: (id, text) =>
        set(({ notes }) => ({ notes: notes.map((note) => (note.id === id ? { ...note, text } : note)) })),
      remove: (id) => set(({ notes }) => ({ notes: notes.filter((note) => note.id !== id) })),
      removeOfStep: (stepId) => set(({ notes }) => ({ notes: notes.filter((note) => note.stepId !== stepId) })),
    }),
    { name: 'codencer-notes', version: 1, storage: createJSONStorage(() => sessionStorage) },
  ),
);

/** Those that say something, in the order of files and lines. */
export const writtenNotes = (notes: readonly Note[]): readonly Note[] =>
  notes
    .filter(({ text }) => text.trim() !== '')
    .toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.start - b.start));
