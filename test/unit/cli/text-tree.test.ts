import { describe, expect, it } from 'vitest';
import { formatTree } from '../../../main/cli/text-tree.ts';
import { NO_SCREEN, screenOf } from '../../support/run-cli.ts';

describe('a tree', () => {
  it('is drawn with a branch for every line', () => {
    const tree = {
      text: 'run',
      children: [
        { text: 'step 1', children: [{ text: 'attempt' }] },
        { text: 'step 2', children: [{ text: 'gate' }] },
      ],
    };
    expect(formatTree(tree, NO_SCREEN)).toBe('run\n├─ step 1\n│  └─ attempt\n└─ step 2\n   └─ gate\n');
  });

  it('has plain lines where a node has some', () => {
    const tree = {
      text: 'run',
      children: [
        { text: 'diff', lines: ['-a', '+b'] },
        { text: 'end', lines: ['c'] },
      ],
    };
    expect(formatTree(tree, NO_SCREEN)).toBe('run\n├─ diff\n│     -a\n│     +b\n└─ end\n      c\n');
  });

  it('fits a screen, and colours the word of a state (CLI-18)', () => {
    const state = { word: 'running', tone: 'live' } as const;
    const tree = { text: 'run running  running', state, children: [{ text: 'step 1  running  a long title', state }] };
    expect(formatTree(tree, screenOf(20, true))).toBe(
      'run running  \x1b[36mrunning\x1b[0m\n└─ step 1  \x1b[36mrunning\x1b[0m…\n',
    );
  });
});
