import { describe, expect, it } from 'vitest';

import { ToolKind } from '../../../../contract/activity.ts';
import { permissionSentence } from '../../../../main/daemon/domain/permission-sentence.ts';
import { requestOf } from '../../../support/asking-executor.ts';

const sentence = (request: Parameters<typeof requestOf>[0], title = 'Claude') =>
  permissionSentence({ title, worktreePath: '/r/w' }, requestOf(request));
const file = { command: null, title: 'Write a.ts', paths: ['/w/a.ts'] };

describe('SRV-51: what is asked, in one line', () => {
  it.each([
    ['Claude asks to run: npm test', {}],
    ['Claude asks to change: /w/a.ts', { ...file, toolKind: 'edit' }],
    ['Claude asks to delete: /w/a.ts and 1 more', { ...file, toolKind: 'delete', paths: ['/w/a.ts', '/w/b.ts'] }],
    ['Claude asks to fetch: https://example.org', { command: null, toolKind: 'fetch', title: 'https://example.org' }],
    ['Claude asks to use mcp__db: SELECT 1', { command: null, tool: 'mcp__db', toolKind: 'other', title: 'SELECT 1' }],
    ['Claude asks to change: src/a.ts', { ...file, toolKind: 'edit', paths: ['/r/w/src/a.ts'] }],
    ['Claude asks to run: cat /r/w/a.ts', { command: 'cat /r/w/a.ts' }],
    ['Claude asks to use find: in src', { command: null, tool: 'find', toolKind: 'other', title: 'in /r/w/src' }],
    ['Claude asks to run: Bash', { command: null, title: '' }],
    ['Claude asks to run: ls U+001B[8m; rm -rf ~ U+202E', { command: 'ls \u001b[8m; rm -rf ~ \u202e' }],
    ['Claude asks to use aU+202Eb: x', { command: null, tool: 'a\u202eb', toolKind: 'other', title: 'x' }],
    ['Claude asks to run: one two', { command: '  one\n\ttwo ' }],
  ] as const)('%s', (said, request) => {
    expect(sentence({ ...request, paths: [...('paths' in request ? request.paths : [])] })).toBe(said);
  });

  it('has words for every kind of tool, and says when it is cut', () => {
    for (const toolKind of ToolKind.options)
      expect(sentence({ toolKind })).toMatch(/^Claude asks to \w+( Bash)?: npm test$/);
    expect(sentence({ command: 'x'.repeat(500) })).toBe(`Claude asks to run: ${'x'.repeat(160)}…`);
    expect(sentence({ command: `${'x'.repeat(159)}🎂 and more` })).toBe(`Claude asks to run: ${'x'.repeat(159)}…`);
  });
});
