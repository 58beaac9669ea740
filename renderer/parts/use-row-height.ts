import { usePreferences } from '../app/preferences.ts';

const ROW_PX = { compact: 28, comfortable: 36 } as const;

/** In pixels, as this person likes rows. */
export const useRowHeight = (): number => ROW_PX[usePreferences(({ density }) => density)];
