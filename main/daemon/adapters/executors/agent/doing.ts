import type { Activity } from '../../../../../contract/activity.ts';
import type { AgentSignal } from './agent.ts';

/** What is told on as it is. */
export const doing = (activity: Activity): AgentSignal => ({ of: 'activity', activity });
