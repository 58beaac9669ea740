import type { ClientGate } from '../../contract/client/client-gate.ts';
import { viewOf } from '../../contract/client/document.ts';
import type { EventFilter } from '../../contract/client/event-routes.ts';
import { getGate } from '../../contract/client/gate-routes.ts';
import type { CliContext } from './cli-context.ts';
import { followEvents } from './follow-events.ts';
import { resolveTarget } from './target.ts';
import { oneLine } from './terminal.ts';

/**
 * Does the work, and says meanwhile on stderr of each gate that waits, with the commands that answer it: who follows what
 * an agent does would otherwise only see that it does nothing.
 */
export async function tellingOfGates<T>(
  context: CliContext,
  of: EventFilter | null,
  work: () => Promise<T>,
): Promise<T> {
  if (of === null) return work();
  const listening = new AbortController();
  void tellOfGates(context, of, listening.signal);
  try {
    return await work();
  } finally {
    listening.abort();
  }
}

/** What goes wrong here is told by the work itself: a daemon without events just has less to say. */
async function tellOfGates(context: CliContext, of: EventFilter, signal: AbortSignal): Promise<void> {
  for await (const event of followEvents(context, { ...of, after: 0, signal, onAway: () => undefined })) {
    if (!event.ok || event.value.view.type !== 'gate.opened') continue;
    const gate = await pendingGate(context, event.value.view.gateId);
    if (signal.aborted) return;
    if (gate !== null) context.terminal.err(`\n${gateNews(context.programName, gate)}`);
  }
}

/** Null: it was decided since, or nobody can say. */
async function pendingGate(context: CliContext, gateId: string): Promise<ClientGate | null> {
  const target = resolveTarget(context);
  const gate = target.ok ? await viewOf(getGate(target.value, gateId)) : null;
  return gate?.ok === true && gate.value.state === 'pending' ? gate.value : null;
}

/** That a gate waits, and for what, and how it is answered. */
function gateNews(programName: string, { id, description }: ClientGate): string {
  const commands = [`gate show ${id}`, `gate approve ${id}`, `gate reject ${id} --reason <text>`];
  const lines = commands.map((command) => `  ${programName} ${command}\n`);
  return `A gate waits for an answer: ${oneLine(description)}\n${lines.join('')}`;
}
