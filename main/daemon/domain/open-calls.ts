import { isCallOpen, type ToolCall } from '../../../contract/activity.ts';

/** Tool calls that have not ended, put together from what was told of each. */
export interface OpenCalls {
  /** The whole call once it has ended; null before. */
  readonly tell: (told: ToolCall) => ToolCall | null;
  /** Those of which no end was told, the one that was told of last at the end. */
  readonly unended: () => readonly ToolCall[];
}

/** Holds what it is told, of at most `maxOpen` calls at a time; of those beyond only the last telling is known. */
export function createOpenCalls(maxOpen: number): OpenCalls {
  const calls = new Map<string, ToolCall>();
  return {
    tell(told) {
      const call = mergeTold(calls.get(told.callId), told);
      calls.delete(told.callId);
      if (!isCallOpen(told)) return call;
      if (calls.size < maxOpen) calls.set(told.callId, call);
      return null;
    },
    unended: () => [...calls.values()],
  };
}

/** What is absent stays as it was. */
function mergeTold(before: ToolCall | undefined, told: ToolCall): ToolCall {
  if (before === undefined) return told;
  return {
    ...told,
    tool: told.tool ?? before.tool,
    name: told.name ?? before.name,
    title: told.title ?? before.title,
    input: told.input ?? before.input,
    output: told.output ?? before.output,
    exitCode: told.exitCode ?? before.exitCode,
  };
}
