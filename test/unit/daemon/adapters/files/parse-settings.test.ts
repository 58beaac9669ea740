import { describe, expect, it } from 'vitest';
import { parseJson, parseYaml } from '../../../../../main/daemon/adapters/files/parse-settings.ts';

describe('parseYaml', () => {
  it.each([
    ['a: [1, 2]', { a: [1, 2] }],
    ['', null],
    ['{"a": 1}', { a: 1 }],
  ])('decodes %j', (text, value) => {
    expect(parseYaml(text, 'f')).toEqual({ ok: true, value });
  });

  it.each(['a: 1\na: 2', 'a: [', 'a: *nowhere', '--- a\n--- b', 'a: !!unknown x'])('refuses %j', (text) => {
    const result = parseYaml(text, 'f.yaml');
    expect(result.ok ? result.value : result.error).toMatch(/^f\.yaml/);
  });

  it('refuses a document that explodes', () => {
    const levels = Array.from({ length: 12 }, (_, index) => {
      const before = index === 0 ? 'x' : `*l${index - 1}`;
      return `l${index}: &l${index} [${Array(9).fill(before).join(', ')}]`;
    });
    expect(parseYaml(levels.join('\n'), 'f').ok).toBe(false);
  });
});

describe('parseJson', () => {
  it('says where, when that is known, and never what', () => {
    expect(parseJson('{\n "a": secret }', 'f.json')).toEqual({ ok: false, error: 'f.json: it is not valid JSON' });
    expect(parseJson('{\n "a": 1 x}', 'f')).toEqual({ ok: false, error: 'f:2:9: it is not valid JSON' });
    expect(parseJson('{"a":1}', 'f')).toEqual({ ok: true, value: { a: 1 } });
  });
});
