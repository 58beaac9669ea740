import type { AgentSignal } from '../agent/agent.ts';

/** In what the programs differ that speak this protocol. */
export interface Dialect {
  /** A message that has to come before all others. */
  readonly greeting: object | null;
  /** The tool by which the agent asks a person; it is told to end with its questions. */
  readonly questionTool: string;
  /** Whether cached tokens are counted among the input tokens or beside them. */
  readonly cachedTokens: 'within' | 'beside';
  /** Reads one run's lines of stdout that are no messages. */
  readonly createLogReader?: () => (line: string) => readonly AgentSignal[];
}
