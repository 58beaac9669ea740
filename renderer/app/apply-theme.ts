import { type Preferences, usePreferences } from './preferences.ts';

const dark = '(prefers-color-scheme: dark)';
const more = '(prefers-contrast: more)';

/** Puts theme, contrast and density where the style sheets look for them, now and whenever one of them changes. */
export function applyTheme(root: HTMLElement): void {
  const apply = (): void => {
    const { theme, contrast, density } = usePreferences.getState();
    root.dataset['theme'] = theme === 'system' ? (matchMedia(dark).matches ? 'dark' : 'light') : theme;
    root.dataset['contrast'] = isMore(contrast) ? 'more' : 'normal';
    root.dataset['density'] = density;
  };
  apply();
  usePreferences.subscribe(apply);
  for (const query of [dark, more]) matchMedia(query).addEventListener('change', apply);
}

const isMore = (contrast: Preferences['contrast']): boolean =>
  contrast === 'system' ? matchMedia(more).matches : contrast === 'more';
