import { useState } from 'react';
import type { Layer } from './layers.ts';

/** The instances are a page of the palette. */
export type PaletteLayer = Exclude<Layer, 'keys'>;

/** What is typed, and the page from which somebody came to the present one. */
export function usePalettePages(layer: PaletteLayer | null, show: (layer: PaletteLayer | null) => void) {
  const [query, setQuery] = useState('');
  const [cameFrom, setCameFrom] = useState<PaletteLayer | null>(null);
  const turn = (next: PaletteLayer | null, from: PaletteLayer | null): void => {
    setQuery('');
    setCameFrom(from);
    show(next);
  };
  return {
    query,
    setQuery,
    turnTo: (next: PaletteLayer) => turn(next, layer),
    close: () => turn(null, null),
    /** False: this is the first page. */
    back: (): boolean => {
      if (cameFrom === null) return false;
      turn(cameFrom, null);
      return true;
    },
  };
}
