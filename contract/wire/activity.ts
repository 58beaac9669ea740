import { z } from 'zod';

import { Activity } from '../activity.ts';
import { assertNever, err, type Result } from '../result.ts';
import { EpochMs } from '../time.ts';
import { decodeWith } from './decode.ts';
import { encodeUsage, WireUsage } from './usage.ts';

/** What an agent did, and when that was understood. */
export interface ActivityEntry {
  readonly atMs: EpochMs;
  readonly activity: Activity;
}

/** One line of `activity.jsonl`, without its end. */
export const encodeActivityLine = ({ atMs, activity }: ActivityEntry): string =>
  JSON.stringify({ at_ms: atMs, ...encodeActivity(activity) });

function encodeActivity(activity: Activity) {
  switch (activity.kind) {
    case 'message':
    case 'thought': {
      const { kind, text, isDelta } = activity;
      return { kind, text, is_delta: isDelta };
    }
    case 'tool_call': {
      const { kind, callId, status, exitCode, ...more } = activity;
      return { kind, call_id: callId, status, ...more, exit_code: exitCode };
    }
    case 'usage':
      return { kind: activity.kind, usage: encodeUsage(activity.usage) };
    case 'retry': {
      const { kind, attempt, max, delayMs, status, text } = activity;
      return { kind, attempt, max, delay_ms: delayMs, status, text };
    }
    case 'session':
    case 'plan':
    case 'file_change':
    case 'notice':
      return activity;
    default:
      return assertNever(activity);
  }
}

const NAMES = [
  ['is_delta', 'isDelta'],
  ['call_id', 'callId'],
  ['exit_code', 'exitCode'],
  ['delay_ms', 'delayMs'],
] as const;

const WireLine = z
  .looseObject({ at_ms: EpochMs, kind: z.string(), usage: WireUsage.optional() })
  .transform(({ at_ms: atMs, ...wire }) => {
    const activity: Record<string, unknown> = { ...wire };
    for (const [outside, inside] of NAMES) {
      if (activity[outside] === undefined) continue;
      activity[inside] = activity[outside];
      delete activity[outside];
    }
    return { atMs, activity };
  })
  .pipe(z.object({ atMs: EpochMs, activity: Activity }));

/** A line of `activity.jsonl`. A newer daemon may tell of things that this reader has no name for: an error. */
export function decodeActivityLine(line: string): Result<ActivityEntry, string> {
  try {
    return decodeWith(WireLine, JSON.parse(line));
  } catch (error) {
    return err(`body: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const text = z.string();
const int = z.int();
const { options } = Activity;

/** How a line looks, for whoever reads the description of the API. */
export const WireActivity = z
  .object({
    at_ms: int.meta({ description: 'When it was understood: ms since 1970, UTC.' }),
    kind: z.enum(options.map((option) => option.shape.kind.value)),
    text: text.optional(),
    is_delta: z
      .boolean()
      .optional()
      .meta({ description: 'A piece: pieces belong together until something else comes.' }),
    session: text.optional(),
    model: text.optional(),
    mode: text.optional(),
    call_id: text.optional().meta({ description: 'A tool call is told anew whenever something about it changes.' }),
    status: z.union([text, int]).optional(),
    tool: text.optional(),
    name: text.optional(),
    title: text.optional(),
    input: text.optional(),
    output: text.optional(),
    exit_code: int.optional(),
    path: text.optional(),
    change: text.optional(),
    entries: z.array(z.object({ content: text, status: text })).optional(),
    usage: WireUsage.optional(),
    attempt: int.optional(),
    max: int.optional(),
    delay_ms: z.number().optional(),
    level: text.optional(),
  })
  .meta({ id: 'Activity', description: 'What an agent does while it works; which keys are there depends on `kind`.' });
