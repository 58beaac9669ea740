import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { CliContext } from '../../cli-context.ts';
import { shellWord } from '../../shell-word.ts';
import { DEMO_PROFILE } from './demo-profile.ts';

export interface Playground {
  readonly repoRoot: string;
  /** Of this project. */
  readonly root: string;
}

/** What can be typed in another terminal while model and daemon are up. */
export function howToPlay({ programName, env }: CliContext, { repoRoot, root }: Playground): string {
  const isInPath = (env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, programName)));
  const lines = [
    `cd ${shellWord(repoRoot)}`,
    ...(isInPath ? [] : [`alias ${programName}=${shellWord(join(root, 'bin', `${programName}.cjs`))}`]),
    `${programName} submit --new-run --adapter ${DEMO_PROFILE} --goal "Add a file. WRITE_FILE=another.txt"`,
    `${programName} gate list --state pending`,
    `${programName} gate show <gateID>`,
    `${programName} gate approve <gateID>`,
    `${programName} run list`,
  ];
  return `${lines.map((line) => `  ${line}`).join('\n')}\n`;
}
