import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { howToPlay } from '../../../../../main/cli/demo/agents/how-to-play.ts';
import { cliContext } from '../../../../support/run-cli.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

const place = { repoRoot: "/tmp/it's here", root: '/opt/codencer' };

describe('how to play with what is up', () => {
  it('says where the program is when it is not in PATH', () => {
    const text = howToPlay(cliContext({ env: { PATH: '/nowhere' } }).context, place);
    expect(text.split('\n').slice(0, 2)).toEqual([
      "  cd '/tmp/it'\\''s here'",
      '  alias codencer=/opt/codencer/bin/codencer.cjs',
    ]);
  });

  it('does not when it is', () => {
    const PATH = join(temporaryFolder(), 'bin');
    mkdirSync(PATH);
    writeFileSync(join(PATH, 'codencer'), '');
    expect(howToPlay(cliContext({ env: { PATH } }).context, place)).not.toContain('alias');
  });
});
