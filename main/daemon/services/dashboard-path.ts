import type { InstanceId } from '../../../contract/ids.ts';

/** Where the dashboard of a daemon is. Every screen of it lies below. */
export const dashboardPath = (instanceId: InstanceId): string => `/i/${instanceId}/`;
