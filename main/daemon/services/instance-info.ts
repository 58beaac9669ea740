import type { InstanceInfo } from '../../../contract/instance.ts';
import type { ServiceContext } from './context.ts';

/** Which daemon this is, for which repository, and where it listens. */
export const instanceInfo = (context: ServiceContext): InstanceInfo => context.instance();
