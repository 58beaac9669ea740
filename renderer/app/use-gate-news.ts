import { useEffect, useRef } from 'react';
import { gateWords } from '../words/gate-words.ts';
import { announce } from './announcements.ts';
import { usePendingGates } from './use-summary.ts';

/** Says of each gate that opens while the page is open that it did: once, and without taking the focus. */
export function useGateNews(): void {
  const { data } = usePendingGates();
  const known = useRef<Set<string> | null>(null);
  useEffect(() => {
    if (data === undefined) return;
    const isFirst = known.current === null;
    const told = known.current ?? new Set<string>();
    known.current = told;
    for (const gate of data) {
      if (!isFirst && !told.has(gate.id)) announce(`New: ${gateWords(gate).title}, ${gate.stepId}`);
      told.add(gate.id);
    }
  }, [data]);
}
