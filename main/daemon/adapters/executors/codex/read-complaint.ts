import { stripVTControlCharacters } from 'node:util';
import type { AgentSignal } from '../agent/agent.ts';

const ROUTER = /codex_core::tools::router:? error=(.*)$/;
const BROKEN_CALL = /^(?:failed to parse function arguments|unsupported call)/;
const DENIAL = /^patch rejected|approval policy is Never|rejected by user|sandbox denied/i;
const FATAL = /^Error: (.+)$/;

/**
 * A line of stderr. Calls that no tool understands and writes that the sandbox denies appear nowhere else: the events
 * have no item for them, and the turn goes on as if nothing had been.
 */
export function readComplaint(line: string): readonly AgentSignal[] {
  const plain = stripVTControlCharacters(line).trimEnd();
  const complaint = ROUTER.exec(plain)?.[1];
  if (complaint === undefined) {
    const fatal = FATAL.exec(plain)?.[1];
    return fatal === undefined ? [] : [{ of: 'error', kind: 'other', text: fatal }];
  }
  if (BROKEN_CALL.test(complaint)) return [{ of: 'broken_call' }];
  return DENIAL.test(complaint) ? [{ of: 'denial', text: `Codex was not allowed: ${complaint}` }] : [];
}
