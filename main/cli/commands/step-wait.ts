import { defineCommand } from '../define-command.ts';
import { waitForStepToEnd } from '../wait-for-step.ts';
import { waitLimits } from '../wait-limits.ts';

export const command = defineCommand({
  usage: 'step wait <stepID> [--interval d] [--timeout d] [--json]',
  words: { atLeast: 1, atMost: 1 },
  flags: { interval: 'text', timeout: 'text' },
  run: (context, { words: [stepId = ''], flags }) =>
    waitForStepToEnd(context, stepId, { ...waitLimits(context, flags), isJson: flags.json }),
});
