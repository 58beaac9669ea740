import type { ClientGate } from '../../../../contract/client/client-gate.ts';
import type { CliContext } from '../../cli-context.ts';
import { describePermission } from '../../describe-permission.ts';
import { indented } from '../../terminal.ts';

export interface GateQuestion {
  readonly gate: ClientGate;
  /** Who asks. */
  readonly title: string;
  /** Whether the person at the terminal answers. */
  readonly isAsking: boolean;
  readonly repoRoot: string;
  /** Aborts when somebody else has decided. */
  readonly signal: AbortSignal;
}

export interface GateAnswer {
  readonly isAllowed: boolean;
  readonly reason: string;
}

/** Shows what the agent asks, whole, and gives the answer: the person's own, or the one that the demo gives for them. */
export async function answerGate(
  { terminal, programName, confirm }: CliContext,
  { gate, title, isAsking, repoRoot, signal }: GateQuestion,
): Promise<GateAnswer> {
  const lines = gate.request === null ? [gate.description] : describePermission(gate.request);
  terminal.err(`\n→ ${title} asks for permission, and waits. This is gate ${gate.id}:\n`);
  terminal.err(`${lines.map((line) => `  ${indented(line, 2)}\n`).join('')}\n`);
  if (isAsking && confirm !== null) {
    terminal.err(`  It can be answered in the dashboard too:  ${programName} open --repo-root ${repoRoot}\n\n`);
    const isAllowed = await confirm('→ May it?', signal);
    if (signal.aborted) terminal.err('→ Answered elsewhere.\n');
    return { isAllowed, reason: `the person at the demo said ${isAllowed ? 'yes' : 'no'}` };
  }
  terminal.err(`→ A person would now type:  ${programName} gate approve ${gate.id}\n`);
  terminal.err('  The demo says yes in your place; with --ask it waits for your own answer.\n\n');
  return { isAllowed: true, reason: 'the demo showed it' };
}
