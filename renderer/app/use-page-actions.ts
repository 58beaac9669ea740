import { useMemo } from 'react';
import { useLocation } from 'wouter';
import { copyText } from '../parts/copy-text.ts';
import { announce } from './announcements.ts';
import type { PageActions } from './commands.ts';
import { useLayers } from './layers.ts';
import { usePreferences } from './preferences.ts';

/** The page as commands act on it. */
export function usePageActions(): PageActions {
  const [, go] = useLocation();
  return useMemo(
    () => ({
      go: (path) => go(path),
      open: useLayers.getState().show,
      focusFilter,
      prefer: usePreferences.getState().change,
      copyAddress: () => void copyText(location.href, 'address'),
      reload: () => location.reload(),
    }),
    [go],
  );
}

function focusFilter(): void {
  const filter = document.querySelector('main [data-screen-filter]');
  if (filter instanceof HTMLElement) filter.focus();
  else announce('This screen has no filter');
}
