import type { GateRecord } from '../../../contract/records.ts';

/**
 * Whether a running executor waits for the gate: then either answer goes to it, its step goes on, and the end of its
 * attempt closes it. Every other gate is about an attempt that has ended, or a step that has not begun.
 */
export const isAskedByExecutor = ({ kind }: Pick<GateRecord, 'kind'>): boolean =>
  kind === 'permission' || kind === 'manual';
