import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RunId, StepId } from '../../../../../contract/ids.ts';
import { describeInstructions } from '../../../../../main/daemon/adapters/files/instruction-files.ts';
import { type Submission, writeProvenance } from '../../../../../main/daemon/adapters/files/provenance.ts';
import { failureOf, successOf } from '../../../../support/success-of.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

const signal = new AbortController().signal;
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

const submission = (change: Partial<Submission>): Submission => ({
  root: join(temporaryFolder(), 'artifacts'),
  place: { runId: RunId.parse('r'), stepId: StepId.parse('s') },
  submission: 1,
  repoRoot: temporaryFolder(),
  original: { format: 'yaml', text: 'goal: x\n' },
  normalizedTask: { version: 'v1', goal: 'x' },
  signal,
  ...change,
});

describe('writeProvenance', () => {
  it('keeps input, task and instructions, read-only (FILE-13)', async () => {
    const repoRoot = temporaryFolder();
    writeFileSync(join(repoRoot, 'AGENTS.md'), 'be kind');
    const { folder } = successOf(await writeProvenance(submission({ repoRoot })));
    expect(folder.endsWith(join('r', 's', 'submission-1'))).toBe(true);
    const names = readdirSync(folder).sort();
    expect(names).toEqual(['instructions.json', 'normalized-task.json', 'original-input.yaml']);
    const read = (name: string) => readFileSync(join(folder, name), 'utf8');
    expect(read('original-input.yaml')).toBe('goal: x\n');
    expect(read('normalized-task.json')).toBe('{\n  "version": "v1",\n  "goal": "x"\n}\n');
    expect(JSON.parse(read('instructions.json'))).toEqual({
      version: 1,
      files: [{ path: 'AGENTS.md', real_path: 'AGENTS.md', size: 7, sha256: sha256('be kind') }],
    });
    for (const name of names) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o444);
    expect(readdirSync(dirname(folder))).toEqual(['submission-1']);
  });

  it.each([
    ['yaml', 'yaml'],
    ['YML', 'yaml'],
    ['json', 'json'],
    ['md', 'md'],
    ['../evil', 'txt'],
    ['', 'txt'],
  ])('calls the input of format %j original-input.%s (FILE-13)', async (format, extension) => {
    const { folder } = successOf(await writeProvenance(submission({ original: { format, text: 'x' } })));
    expect(readdirSync(folder)).toContain(`original-input.${extension}`);
  });

  it('writes no input when there was none', async () => {
    const { folder } = successOf(await writeProvenance(submission({ original: null })));
    expect(readdirSync(folder).sort()).toEqual(['instructions.json', 'normalized-task.json']);
  });

  it('keeps what a submission left that never got into the record (FILE-14)', async () => {
    const order = submission({});
    await writeProvenance({ ...order, original: { format: 'txt', text: 'lost' } });
    const { folder } = successOf(await writeProvenance(order));
    const [current, leftover, ...rest] = readdirSync(dirname(folder)).sort();
    expect([current, rest]).toEqual(['submission-1', []]);
    expect(leftover).toMatch(/^submission-1\.leftover-/);
    expect(readFileSync(join(dirname(folder), leftover ?? '', 'original-input.txt'), 'utf8')).toBe('lost');
  });

  it('leaves no draft when it cannot write', async () => {
    const order = submission({});
    mkdirSync(dirname(order.root), { recursive: true });
    writeFileSync(order.root, 'a file');
    expect(failureOf(await writeProvenance(order)).operation).toBe('write');
  });
});

describe('describeInstructions', () => {
  it('finds the four places and says where a link led (FILE-15)', async () => {
    const repoRoot = temporaryFolder();
    for (const folder of ['docs', '.agent']) mkdirSync(join(repoRoot, folder));
    writeFileSync(join(repoRoot, 'docs/AGENTS.md'), 'docs');
    writeFileSync(join(repoRoot, '.agent/AGENTS.md'), 'agent');
    symlinkSync('docs/AGENTS.md', join(repoRoot, 'CLAUDE.md'));
    const files = await describeInstructions(repoRoot, signal);
    expect(files).toEqual([
      { path: 'docs/AGENTS.md', real_path: 'docs/AGENTS.md', size: 4, sha256: sha256('docs') },
      { path: '.agent/AGENTS.md', real_path: '.agent/AGENTS.md', size: 5, sha256: sha256('agent') },
      { path: 'CLAUDE.md', real_path: 'docs/AGENTS.md', size: 4, sha256: sha256('docs') },
    ]);
  });

  it('names one that leads out of the repository or is no file (FILE-15)', async () => {
    const repoRoot = temporaryFolder();
    symlinkSync('/etc/hostname', join(repoRoot, 'AGENTS.md'));
    mkdirSync(join(repoRoot, 'CLAUDE.md'));
    expect(await describeInstructions(repoRoot, signal)).toMatchObject([
      { path: 'AGENTS.md', problem: expect.stringContaining('leads out of') },
      { path: 'CLAUDE.md', problem: expect.stringContaining('not a regular file') },
    ]);
  });
});
