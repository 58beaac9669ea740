import { lazy, Suspense, useRef } from 'react';
import type { PageActions } from './commands.ts';
import { useLayers } from './layers.ts';

const Palette = lazy(() => import('./palette.tsx').then((m) => ({ default: m.Palette })));
const KeysSheet = lazy(() => import('./keys-sheet.tsx').then((m) => ({ default: m.KeysSheet })));

/** What lies over the screen; each part is loaded when it is first wanted, and stays. */
export function LayerHost({ page }: { readonly page: PageActions }) {
  const { shown, show } = useLayers();
  const wasWanted = useRef({ palette: false, keys: false });
  const isPalette = shown === 'palette' || shown === 'instances';
  wasWanted.current.palette ||= isPalette;
  wasWanted.current.keys ||= shown === 'keys';
  return (
    <Suspense fallback={null}>
      {wasWanted.current.palette ? <Palette layer={isPalette ? shown : null} page={page} show={show} /> : null}
      {wasWanted.current.keys ? <KeysSheet isOpen={shown === 'keys'} onClose={() => show(null)} /> : null}
    </Suspense>
  );
}
