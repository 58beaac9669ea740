import { describe, expect, it } from 'vitest';
import { formatTree } from '../../../main/cli/demo/text-tree.ts';

describe('a tree', () => {
  it('is drawn with a branch for every line', () => {
    const tree = {
      text: 'run',
      children: [
        { text: 'step 1', children: [{ text: 'attempt' }] },
        { text: 'step 2', children: [{ text: 'gate' }] },
      ],
    };
    expect(formatTree(tree)).toBe('run\n├─ step 1\n│  └─ attempt\n└─ step 2\n   └─ gate\n');
  });

  it('has plain lines where a node has some', () => {
    const tree = {
      text: 'run',
      children: [
        { text: 'diff', lines: ['-a', '+b'] },
        { text: 'end', lines: ['c'] },
      ],
    };
    expect(formatTree(tree)).toBe('run\n├─ diff\n│     -a\n│     +b\n└─ end\n      c\n');
  });
});
