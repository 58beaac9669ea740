import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cliCommand, quotePowerShell, quoteSh } from '../../../../../renderer/screens/submit/cli-command.ts';
import { EMPTY_FORM, type TaskForm, taskOf } from '../../../../../renderer/screens/submit/task-form.ts';

const commandOf = (form: TaskForm) => cliCommand('run-1', { task: taskOf(form), form });
/** What a real shell makes of it. */
const argumentsOf = (command: string): readonly string[] =>
  execFileSync('sh', ['-c', `codencer() { printf '%s\\0' "$@"; }; ${command}`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);

describe.skipIf(process.platform === 'win32')('a submission as a command of sh', () => {
  it('comes through whole, whatever is in it', () => {
    const goal = `It's "quoted" $(rm -rf /) \`x\` \\ !! *\n- second line #`;
    const form = { ...EMPTY_FORM, goal, title: '-v', executor: 'codex', acceptance: "a'b\n--c" };
    expect(argumentsOf(commandOf(form).sh)).toEqual([
      'submit',
      'run-1',
      `--goal=${goal}`,
      '--title=-v',
      '--adapter=codex',
      "--acceptance=a'b",
      '--acceptance=--c',
    ]);
  });

  it('quotes any text', () => {
    const text = fc.string({ unit: 'binary' }).filter((one) => !one.includes('\0') && one.isWellFormed());
    fc.assert(
      fc.property(text, (one) => {
        expect(argumentsOf(`codencer ${quoteSh(one)}`)).toEqual([one]);
      }),
      { numRuns: 40 },
    );
  });
});

describe('a submission that flags have no words for', () => {
  const form = { ...EMPTY_FORM, goal: 'Größer 🙂', constraints: 'None', base: 'main' };
  it('goes over standard input, in ASCII', () => {
    const { sh } = commandOf(form);
    expect(sh).toContain('--task-json -');
    expect(sh).toMatch(/^[\x20-\x7e]+$/);
    const json = execFileSync('sh', ['-c', sh.replace(/\| codencer .*$/, '')], { encoding: 'utf8' });
    expect(JSON.parse(json)).toEqual(taskOf(form));
  });

  it('is written out where a control character could act on a terminal', () => {
    const { sh } = commandOf({ ...EMPTY_FORM, goal: 'a\u001B[2Jb' });
    expect(sh).toContain('--task-json -');
    expect(sh).not.toContain('\u001B');
  });

  it('doubles every quote that PowerShell knows', () => {
    expect(quotePowerShell("it's ‘so’ $x")).toBe("'it''s ‘‘so’’ $x'");
  });
});
