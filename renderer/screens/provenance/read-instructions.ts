import { type JsonValue, parseJson } from '../../../contract/client/json-value.ts';
import { readFields } from '../../../contract/client/read-fields.ts';
import type { Result } from '../../../contract/result.ts';

/** A file that tells agents how to work here, as it was when the task came in. */
export interface InstructionFile {
  readonly path: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  /** Why it was not read; empty: it was. */
  readonly problem: string;
}

/** `instructions.json` of a submission. */
export function readInstructions(text: string): Result<readonly InstructionFile[], string> {
  const parsed = parseJson(text);
  return parsed.ok ? filesIn(parsed.value) : parsed;
}

const filesIn = (value: JsonValue): Result<readonly InstructionFile[], string> =>
  readFields(value, (fields) =>
    fields.objects('files', (one) => ({
      path: one.text('path'),
      sha256: one.text('sha256'),
      sizeBytes: one.integer('size'),
      problem: one.text('problem'),
    })),
  );
