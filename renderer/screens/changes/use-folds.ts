import { useCallback, useMemo, useState } from 'react';
import type { ClientChangedFile } from '../../../contract/client/client-changes.ts';
import type { ClientGate } from '../../../contract/client/client-gate.ts';
import { foldReason, isNamedByGate } from './fold-reason.ts';

/** Which files are folded: by themselves, or because somebody said so. */
export function useFolds(files: readonly ClientChangedFile[], gates: readonly ClientGate[]) {
  const [said, setSaid] = useState<ReadonlyMap<string, boolean>>(new Map());
  const reasons = useMemo(
    () => new Map(files.map((file) => [file.path, foldReason(file, isNamedByGate(gates, file.path))])),
    [files, gates],
  );
  const reasonOf = useCallback((path: string): string | null => reasons.get(path) ?? null, [reasons]);
  const isFolded = useCallback((path: string): boolean => said.get(path) ?? reasonOf(path) !== null, [said, reasonOf]);
  const fold = (path: string, to: boolean): void => setSaid((before) => new Map([...before, [path, to]]));
  return { isFolded, reasonOf, fold };
}
