import { create } from 'zustand';
import { persist } from 'zustand/middleware';

export type Theme = 'system' | 'light' | 'dark';
export type Contrast = 'system' | 'more' | 'normal';
export type Density = 'compact' | 'comfortable';

/** How this person likes the page. Kept by the browser, for this page's origin; nothing of the record is in it. */
export interface Preferences {
  readonly theme: Theme;
  readonly contrast: Contrast;
  readonly density: Density;
  /** Off: no single letter does anything, for those who dictate. */
  readonly hasLetterKeys: boolean;
  readonly showsExactTimes: boolean;
  readonly change: (change: Partial<Omit<Preferences, 'change'>>) => void;
}

export const usePreferences = create<Preferences>()(
  persist(
    (set) => ({
      theme: 'system',
      contrast: 'system',
      density: 'compact',
      hasLetterKeys: true,
      showsExactTimes: false,
      change: (change) => set(change),
    }),
    { name: 'codencer-preferences', version: 1 },
  ),
);
