import type { ClientResult } from '../../../contract/client/client-result.ts';
import { getStepResult } from '../../../contract/client/step-routes.ts';
import { ok } from '../../../contract/result.ts';
import { defineCommand } from '../define-command.ts';
import { describeEnd } from '../describe-end.ts';
import { stepExit } from '../state-exits.ts';
import { stepHints } from '../step-hints.ts';
import { oneLine } from '../terminal.ts';
import { watchTimeout } from '../wait-limits.ts';
import { chooseView } from '../watch/choose-view.ts';
import { type WatchSubject, watch } from '../watch/watch.ts';
import { stepFrame } from '../watch/watch-frame.ts';

export const command = defineCommand({
  usage: 'step watch <stepID> [--timeout d] [--json]',
  words: { atLeast: 1, atMost: 1 },
  flags: { timeout: 'text' },
  printsLines: true,
  run: async (context, { words: [stepId = ''], flags }) => {
    const timeout = watchTimeout(flags.timeout);
    if (!timeout.ok) return timeout;
    const { view, isLive } = chooseView(context.terminal, flags.json, (frame, screen) =>
      stepFrame(stepId, frame, screen),
    );
    const end = await watch(context, { ...stepSubject(stepId), timeoutMs: timeout.value }, view);
    if (!end.ok) return end;
    const { terminal, programName } = context;
    const result = end.value.view;
    if (isLive) terminal.out(`\n${describeEnd(programName, { stepId, result, screen: terminal.outScreen })}`);
    else if (result.state === 'needs_approval' && !flags.json) terminal.err(stepHints(programName, stepId, result));
    return ok(end.value.exitCode);
  },
});

const stepSubject = (stepId: string): Omit<WatchSubject<ClientResult>, 'timeoutMs'> => ({
  name: `step ${stepId}`,
  filter: { stepId },
  look: (connection, signal) => getStepResult(connection, stepId, signal),
  exitOf: ({ state }) => stepExit(state),
  mayHaveEnded: ({ steps }) => stepExit(steps.get(stepId)?.state ?? '') !== null,
  begin: ({ state, statusReason }) => [
    oneLine(`step ${stepId} ${state}${statusReason === '' ? '' : `: ${statusReason}`}`),
  ],
});
