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
});
