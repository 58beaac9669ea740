import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const End = z.object({
  exitCode: z.number().nullable(),
  signal: z.string().nullable(),
  isFileWritten: z.boolean(),
  stderrTail: z.string(),
});

/** What the vendor's own program wrote in one scenario of the scripted model, and how it ended. */
export interface AgentRecording extends z.infer<typeof End> {
  readonly scenario: string;
  readonly lines: readonly string[];
}

const FOLDER = join(import.meta.dirname, '../fixtures/agents');

export function recordingsOf(agent: string): readonly AgentRecording[] {
  const folder = join(FOLDER, agent);
  const scenarios = readdirSync(folder).flatMap((name) => /^(.+)\.jsonl$/.exec(name)?.[1] ?? []);
  return scenarios.map((scenario) => ({
    scenario,
    lines: readFileSync(join(folder, `${scenario}.jsonl`), 'utf8')
      .split('\n')
      .slice(0, -1),
    ...End.parse(JSON.parse(readFileSync(join(folder, `${scenario}.end.json`), 'utf8'))),
  }));
}

export function recordingNamed(agent: string, scenario: string): AgentRecording {
  const recording = recordingsOf(agent).find((one) => one.scenario === scenario);
  if (recording === undefined) throw new Error(`${agent} has no recording of ${scenario}`);
  return recording;
}
