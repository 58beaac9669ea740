import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OUR_NODE, PROGRAMS, PROGRAMS_FOLDER, type ProgramName } from './programs.ts';
import { stabilizer } from './stable-text.ts';

const RECORDINGS = join(import.meta.dirname, '../fixtures/agents');
export const STDERR_TAIL = 2_000;
export const PROMPT = 'Create the file hello.txt. WRITE_FILE=hello.txt';

export interface Stage {
  /** Of this run alone; `home` and `tmp` of the agent will be in it. */
  readonly own: string;
  readonly repository: string;
}

export function makeStage(folder: string, name: string): Stage {
  const own = mkdtempSync(join(folder, `${name}-`));
  const repository = join(own, 'repository');
  mkdirSync(repository);
  execFileSync('git', ['init', '--quiet', '--initial-branch=main', repository]);
  return { own, repository };
}

/** Takes what is this machine's own out of a text. */
export const stableIn = ({ own, repository }: Stage): ((text: string) => string) =>
  stabilizer([
    { path: repository, name: '/repository' },
    { path: join(own, 'home'), name: '/home/someone' },
    { path: join(own, 'tmp'), name: '/tmp/someone' },
    { path: PROGRAMS_FOLDER, name: '/programs' },
    { path: OUR_NODE, name: '/usr/bin/node' },
    { path: process.execPath, name: '/usr/bin/node' },
  ]);

export function versionOf(program: ProgramName): string {
  const manifest = readFileSync(join(PROGRAMS_FOLDER, PROGRAMS[program].package, 'package.json'), 'utf8');
  return String(JSON.parse(manifest).version);
}

export interface Recorded {
  readonly agent: string;
  readonly name: string;
  readonly stdout: string;
  /** How it ended. */
  readonly facts: object;
}

export function saveRecording({ agent, name, stdout, facts }: Recorded): void {
  const folder = join(RECORDINGS, agent);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.jsonl`), stdout);
  writeFileSync(join(folder, `${name}.end.json`), `${JSON.stringify(facts, null, 2)}\n`);
}
