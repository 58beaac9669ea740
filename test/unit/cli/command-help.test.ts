import { describe, expect, it } from 'vitest';
import { COMMAND_EXAMPLES } from '../../../main/cli/command-examples.ts';
import { commandHelp } from '../../../main/cli/command-help.ts';
import { SECTIONS } from '../../../main/cli/command-table.ts';
import { flagToken } from '../../../main/cli/flags.ts';
import { runCli } from '../../support/run-cli.ts';

const ROWS = SECTIONS.flatMap(({ rows }) => rows);

describe('the help of a command (CLI-38)', () => {
  it.each(ROWS.map((row) => [row.words, row] as const))(
    '%s: a sentence, every flag, an example',
    async (words, row) => {
      const { command } = await row.load();
      const { exitCode, stdout, stderr } = await runCli([...words.split(' '), '--help']);
      expect([exitCode, stderr]).toEqual([0, '']);
      expect(stdout).toMatch(/^Usage: codencer /);
      for (const name of Object.keys(command.flags)) {
        expect(stdout).toMatch(new RegExp(`^ {2}${flagToken(name)} {2,}\\w`, 'm'));
      }
      const example = COMMAND_EXAMPLES[words] ?? '';
      expect(example.startsWith(words)).toBe(true);
      expect(stdout).toContain(`\nExample: codencer `);
      const known = Object.keys(command.flags).map(flagToken);
      for (const [flag] of example.matchAll(/(?<= )--[a-z-]+/g)) expect(known).toContain(flag);
      if (row.exits !== undefined) expect(stdout).toMatch(/^Exits /m);
    },
  );

  it('reads as a page of eighty columns', () => {
    const row = {
      words: 'step wait',
      args: '',
      summary: 'Wait until it ends or needs somebody',
      exits: 'as every wait',
    };
    const flags = { interval: 'text', timeout: 'text', json: 'switch' } as const;
    expect(commandHelp({ programName: 'codencer', usage: 'step wait <stepID>', flags, row })).toBe(
      [
        'Usage: codencer step wait <stepID>',
        '',
        'Wait until it ends or needs somebody.',
        '',
        '  --interval  how often a daemon is asked that cannot wait by itself; 2s',
        '  --timeout   how long to wait, 0 is for ever',
        '  --json      one document on standard output',
        '',
        'Example: codencer step wait mend-it --timeout 30m',
        '',
        'Exits as the state says: 0 completed, 2 failed, 3 timeout, 4 somebody has to act',
        '      or has ended it, 5 the bridge or the executor broke.',
        '',
      ].join('\n'),
    );
  });
});
