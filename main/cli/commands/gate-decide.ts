import { type Decision, decideGate, getGate } from '../../../contract/client/gate-routes.ts';
import { err } from '../../../contract/result.ts';
import type { CliContext } from '../cli-context.ts';
import { defineCommand } from '../define-command.ts';
import { fetchView, showDone } from '../show-document.ts';
import { isShown } from '../terminal.ts';

/** `gate approve` and `gate reject`. Any other word is sent as it is: the daemon says which actions it knows. */
export const command = defineCommand({
  usage: 'gate <approve|reject> <gateID> [--reason text] [--digest sha256] [--for-attempt] [--json]',
  words: { atLeast: 2, atMost: 2 },
  flags: { reason: 'text', digest: 'text', forAttempt: 'switch' },
  run: async (context, { words: [action = '', id = ''], flags }) => {
    const outcome = await showDone(context, {
      isJson: flags.json,
      action,
      id,
      ask: (connection) => decideGate(connection, id, decisionOf(action, flags)),
      sentence: sentenceOf(context, action, id),
    });
    if (outcome.ok && action === 'reject' && flags.reason === undefined)
      context.terminal.err(withoutReason(await whoReadsIt(context, id)));
    const isKnown = action === 'approve' || action === 'reject';
    return outcome.ok || isKnown
      ? outcome
      : err({ ...outcome.error, nextStep: `Decisions are: ${context.programName} gate approve|reject <gateID>` });
  },
});

const decisionOf = (action: string, { reason, digest, forAttempt }: Flags): Decision => ({
  action,
  reason,
  digest,
  scope: forAttempt ? 'attempt' : undefined,
});

interface Flags {
  readonly reason: string | undefined;
  readonly digest: string | undefined;
  readonly forAttempt: boolean;
}

/** Inherited scripts know the sentence; a person reads what became of it. */
function sentenceOf({ terminal }: CliContext, action: string, id: string): string {
  const state = new Map([
    ['approve', 'approved'],
    ['reject', 'rejected'],
  ]).get(action);
  return state === undefined || !isShown(terminal.outScreen)
    ? `Gate ${id} processed successfully`
    : `Gate ${id} is ${state}.`;
}

/** Inherited clients reject without one. */
const withoutReason = (reader: string): string =>
  `No reason is on record; with --reason <text> ${reader} would know what to do otherwise.\n`;

/** A permission is asked for by the agent. */
async function whoReadsIt(context: CliContext, id: string): Promise<string> {
  const gate = await fetchView(context, (connection) => getGate(connection, id));
  return gate.ok && gate.value.request !== null ? 'the agent' : 'the planner';
}
