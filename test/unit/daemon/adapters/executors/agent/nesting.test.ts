import { describe, expect, it } from 'vitest';
import { isNestedTooDeep } from '../../../../../../main/daemon/adapters/executors/agent/nesting.ts';

const nest = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

describe('AGENT-2: how deep a line is nested', () => {
  it.each([
    ['500 levels', nest(500), false],
    ['501 levels', nest(501), true],
    ['as deep as it is long', '{"a":'.repeat(100_000), true],
    ['many lists beside each other', `[${'[],'.repeat(10_000)}[]]`, false],
    ['brackets in a text', JSON.stringify({ text: '[{'.repeat(10_000) }), false],
    ['brackets in a text with quotes in it', JSON.stringify({ text: '\\"[{'.repeat(10_000) }), false],
    ['deep behind a text that ends with a backslash', `{"a":"\\\\","b":${nest(501)}}`, true],
    ['deep in a text behind an escaped quote', `{"a":"\\"${nest(501)}"}`, false],
    ['a text without an end', `"${nest(501)}`, false],
    ['prose', 'word '.repeat(10_000), false],
  ])('%s', (_, line, expected) => {
    expect(isNestedTooDeep(line)).toBe(expected);
  });
});
