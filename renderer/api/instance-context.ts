import { createContext, useContext } from 'react';
import type { Connection } from '../../contract/client/http-types.ts';
import type { LiveRecords } from '../live/live-records.ts';

/** What every screen stands on; made once, in `main.tsx`. */
export interface Instance {
  /** `/i/<id>`: what addresses of this page begin with. */
  readonly path: string;
  readonly connection: Connection;
  readonly live: LiveRecords;
}

export const InstanceContext = createContext<Instance | null>(null);

export function useInstance(): Instance {
  const instance = useContext(InstanceContext);
  if (instance === null) throw new Error('no screen is drawn outside of an instance');
  return instance;
}

export const useConnection = (): Connection => useInstance().connection;
