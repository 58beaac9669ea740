import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { FAILURE_CLASSES } from '../../contract/failure-class.ts';
import { RUN_STATES } from '../../contract/run-state.ts';
import { STEP_STATES } from '../../contract/step-state.ts';
import { EVERY_KEY } from '../../main/daemon/adapters/profiles/known-keys.ts';
import { BUILT_CLI } from '../support/built-programs.ts';
import { createCliRepository } from '../support/cli-repository.ts';

const DOCS = join(import.meta.dirname, '../../resources/docs');
const pages = readdirSync(DOCS).filter((name) => name.endsWith('.md'));
const textOf = (page: string): string => readFileSync(join(DOCS, page), 'utf8');
const blocksOf = (page: string): readonly string[] =>
  [...textOf(page).matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block = '']) => block);
const pagesWithCommands = pages.filter((page) => blocksOf(page).length > 0);

describe('the documents for people', () => {
  it.each(pagesWithCommands)(
    '%s: its commands do what they say, from top to bottom',
    { timeout: 60_000 },
    async (page) => {
      const { root } = createCliRepository({ 'readme.txt': 'a project\n' });
      const script = blocksOf(page).map(explained).join('\n');
      const outcome = await runShell(script, root);
      expect(outcome.exitCode, outcome.output).toBe(0);
      expect(outcome.output).toContain(`== block ${blocksOf(page).length}\n`);
    },
  );

  it.each(pages)('%s: what it links to is there', (page) => {
    const targets = [...textOf(page).matchAll(/\]\(([^)]+)\)/g)].map(([, target = '']) => target);
    const missing = targets.filter((target) => !isThere(page, target));
    expect(missing).toEqual([]);
  });

  it('troubleshooting quotes what the programs really say', () => {
    const said = sourceText();
    const quoted = [...textOf('troubleshooting.md').matchAll(/^\| `([^`]* [^`]*)`/gm)].map(([, text = '']) => text);
    expect(quoted.length).toBeGreaterThan(20);
    const parts = quoted.flatMap((text) => text.split('…')).map((part) => part.trim());
    expect(parts.filter((part) => !said.includes(part))).toEqual([]);
  });

  it('every state and class of failure is explained', () => {
    const words = [...STEP_STATES, ...RUN_STATES, ...Object.keys(FAILURE_CLASSES)];
    expect(words.filter((word) => !textOf('states.md').includes(`\n| \`${word}\` |`))).toEqual([]);
  });

  it('every key of a profile is explained', () => {
    const page = textOf('executors.md');
    const isExplained = (key: string) =>
      [`\n| \`${key}\` |`, `\n| \`${key}.`, `\`${key.split('.').at(-1)}\``].some((words) => page.includes(words));
    expect(EVERY_KEY.filter((key) => !isExplained(key))).toEqual([]);
  });

  it('each page is listed on the first one', () => {
    const listed = textOf('README.md');
    expect(pages.filter((page) => page !== 'README.md' && !listed.includes(`(${page})`))).toEqual([]);
  });
});

/** What a person may read in the sources, with escaped quotes as they are printed. */
function sourceText(): string {
  const root = join(import.meta.dirname, '../../main');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  return files.map((name) => readFileSync(join(root, name), 'utf8')).join('\n');
}

/** Each block in turn; what fails is named. */
const explained = (block: string, index: number): string => `echo '== block ${index + 1}'\n${block}`;

const slugOf = (heading: string): string =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');

function isThere(page: string, target: string): boolean {
  const [file = '', anchor = ''] = target.split('#');
  if (file !== '' && !pages.includes(file)) return false;
  const headings = [...textOf(file === '' ? page : file).matchAll(/^#+ (.*)$/gm)].map(([, text = '']) => slugOf(text));
  return anchor === '' || headings.includes(anchor);
}

const CURL = join(import.meta.dirname, '../fixtures/programs/curl.mjs');

const hasCurl = (): boolean =>
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, 'curl')));

function addProgram(path: string, script: string): void {
  writeFileSync(path, `#!/bin/sh\nexec '${process.execPath}' '${script}' "$@"\n`);
  chmodSync(path, 0o755);
}

/** As a person's shell would, with `codencer` on the PATH; stops at the first command that fails. */
async function runShell(script: string, cwd: string) {
  const bin = join(dirname(cwd), 'bin');
  mkdirSync(bin, { recursive: true });
  addProgram(join(bin, 'codencer'), BUILT_CLI);
  if (!hasCurl()) addProgram(join(bin, 'curl'), CURL);
  const child = spawn('sh', ['-euc', `exec 2>&1\n${script}`], {
    cwd,
    env: { PATH: `${bin}:${process.env['PATH']}`, HOME: dirname(cwd), XDG_STATE_HOME: join(dirname(cwd), 'state') },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [output, [exitCode]] = await Promise.all([text(child.stdout), once(child, 'close')]);
  return { exitCode, output };
}
