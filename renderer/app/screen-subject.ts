import { useEffect } from 'react';
import { create } from 'zustand';

interface ScreenSubject {
  readonly subject: string | null;
  readonly set: (subject: string | null) => void;
}

export const useScreenSubject = create<ScreenSubject>()((set) => ({
  subject: null,
  set: (subject) => set({ subject }),
}));

/** The title of the window names it as long as the screen is shown: a run, a step. */
export function useNamedSubject(subject: string | null): void {
  const { set } = useScreenSubject.getState();
  useEffect(() => {
    set(subject);
    return () => set(null);
  }, [set, subject]);
}
