import { useEffect, useState, useSyncExternalStore } from 'react';
import type { ChangeSubject } from '../../../contract/client/changes-routes.ts';
import type { ClientChangedFile } from '../../../contract/client/client-changes.ts';
import { useConnection } from '../../api/instance-context.ts';
import { createPatchSource, type Patches, type PatchSource } from './patch-source.ts';

const NOTHING: Patches = { isComing: true, diffs: new Map(), failures: new Map() };
const never = () => () => {};

/** The patch of a comparison, as far as it is here. Both arguments stay the same objects as long as they say the same. */
export function usePatches(subject: ChangeSubject, files: readonly ClientChangedFile[]) {
  const connection = useConnection();
  const [source, setSource] = useState<PatchSource | null>(null);
  useEffect(() => {
    const made = createPatchSource({ connection, subject, files });
    setSource(made);
    return () => made.close();
  }, [connection, subject, files]);
  const patches = useSyncExternalStore(source?.subscribe ?? never, source?.read ?? (() => NOTHING));
  return { patches, want: source?.want ?? ignore, retry: source?.retry ?? ignore };
}

const ignore = (): void => {};
