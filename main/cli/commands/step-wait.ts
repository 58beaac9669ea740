import { defineCommand } from '../define-command.ts';
import { waitForStepToEnd } from '../wait-for-step.ts';
import { waitLimits } from '../wait-limits.ts';

export const command = defineCommand({
  usage: 'step wait <stepID> [--interval d] [--timeout d] [--json]',
  words: { atLeast: 1, atMost: 1 },
  flags: { interval: 'text', timeout: 'text' },
  run: async (context, { words: [stepId = ''], flags }) => {
    const limits = waitLimits(context, flags);
    return limits.ok ? waitForStepToEnd(context, stepId, { ...limits.value, isJson: flags.json }) : limits;
  },
});
