import { describe, expect, it } from 'vitest';
import { functionsOf } from '../../../scripts/functions.ts';
import { parseSource } from '../../../scripts/source-tree.ts';

describe('functionsOf', () => {
  it('counts functions that have a body in braces, and names them by what they are given to', () => {
    const text = [
      'function declared() {',
      '  return 1;',
      '}',
      'const assigned = () => { return { method() {}, key: async () => {} }; };',
      'const short = () => 1;',
      'list.map(() => {',
      '});',
    ].join('\n');
    expect(functionsOf(parseSource('a.ts', text))).toEqual([
      { name: 'declared (a.ts:1)', lineCount: 3 },
      { name: 'assigned (a.ts:4)', lineCount: 1 },
      { name: 'method (a.ts:4)', lineCount: 1 },
      { name: 'key (a.ts:4)', lineCount: 1 },
      { name: 'anonymous (a.ts:6)', lineCount: 2 },
    ]);
  });
});
