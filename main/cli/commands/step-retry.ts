import { retryStep } from '../../../contract/client/step-routes.ts';
import { defineCommand } from '../define-command.ts';
import { showDone } from '../show-document.ts';

const USAGE = `step retry <stepID> [--reason text] [--resume-session] [--answer text] [--json]
With --answer the agent goes on in the session that it had and is told the answer.`;

export const command = defineCommand({
  usage: USAGE,
  words: { atLeast: 1, atMost: 1 },
  flags: { reason: 'text', resumeSession: 'switch', answer: 'text' },
  run: (context, { words: [id = ''], flags: { json, reason = '', resumeSession, answer } }) =>
    showDone(context, {
      isJson: json,
      action: 'retry',
      id,
      ask: (connection) => retryStep(connection, id, { reason, isResuming: resumeSession, answer }),
      sentence: `Step ${id} is queued for another attempt; wait for it with: ${context.programName} step wait ${id}`,
    }),
});
