import type { Activity } from '../../contract/activity.ts';
import type { PermissionAnswer, PermissionRequest } from '../../contract/permission.ts';
import type { AgentListener, AgentSignal, Conversation } from '../../main/daemon/adapters/executors/agent/agent.ts';
import { addSignal, noFacts } from '../../main/daemon/adapters/executors/agent/agent-facts.ts';
import { judgeRun } from '../../main/daemon/adapters/executors/agent/judge-run.ts';
import type { OutcomeRow } from '../../main/daemon/adapters/executors/agent/outcome-table.ts';
import type { AskPermission } from '../../main/daemon/adapters/executors/executor.ts';
import { dialogueNamed, replayDialogue } from './agent-dialogues.ts';
import { type Essence, essenceOf } from './essence-of-run.ts';

/** Hears a conversation as the runtime does. */
export interface Heard {
  readonly listener: AgentListener;
  readonly signals: readonly AgentSignal[];
  readonly told: () => readonly Activity[];
  readonly asked: readonly PermissionRequest[];
  readonly finishes: () => number;
}

export function hearWith(answer: AskPermission): Heard {
  const signals: AgentSignal[] = [];
  const asked: PermissionRequest[] = [];
  let finishes = 0;
  const askPermission: AskPermission = async (request, signal) => {
    asked.push(request);
    const given = await answer(request, signal);
    if (given.answer === 'reject') signals.push({ of: 'denial', text: `${request.tool} was not allowed` });
    return given;
  };
  const finish = () => {
    finishes += 1;
  };
  return {
    listener: { signal: (signal) => void signals.push(signal), askPermission, finish },
    signals,
    told: () => signals.flatMap((one) => (one.of === 'activity' ? [one.activity] : [])),
    asked,
    finishes: () => finishes,
  };
}

export const ANSWERS = {
  allow: { answer: 'allow', scope: 'once' },
  reject: { answer: 'reject', reason: 'A person said no.' },
  cancelled: { answer: 'cancelled' },
} as const satisfies Readonly<Record<string, PermissionAnswer>>;

export interface Replay {
  readonly transport: string;
  readonly name: string;
  readonly rows: readonly OutcomeRow[];
  readonly converse: (listener: AgentListener) => Conversation;
}

/** Plays a recorded agent to our side of the talk and judges what was understood. */
export async function understandDialogue({ transport, name, rows, converse }: Replay) {
  const dialogue = dialogueNamed(transport, name);
  const heard = hearWith(async () => ANSWERS[dialogue.answer]);
  const { written, isEnded } = await replayDialogue(dialogue, converse(heard.listener));
  const finished = () => heard.finishes() > 0;
  const facts = () => heard.signals.reduce(addSignal, noFacts);
  const essence = (): Essence => {
    const known = facts();
    const exit = { exitCode: dialogue.exitCode, signal: dialogue.signal };
    const judged = judgeRun({ rows, facts: known, exit, trip: null, stoppedFor: null });
    const verdict = dialogue.isFileWritten ? judged : (judged.ifUnchanged ?? judged);
    return essenceOf({ facts: known, told: heard.told(), verdict });
  };
  return { written, isEnded, heard, finished, facts, essence };
}
