import { describe, expect, it } from 'vitest';

import { withoutKeys } from '../../../../../main/daemon/domain/redaction/key-shapes.ts';

// Put together here, so that no scanner of repositories takes them for keys.
const a = (count: number) => 'aB3'.repeat(count).slice(0, count);
const PEM = (middle: string) => `-----BEGIN RSA ${'PRIVATE'} KEY-----${middle}`;
const END = `-----END RSA ${'PRIVATE'} KEY-----`;

describe('RED-15: the shapes of keys', () => {
  it.each([
    ['sk-', a(40)],
    ['sk-ant-api03-', a(60)],
    ['ghp_', a(36)],
    ['github_pat_', a(40)],
    ['glpat-', a(20)],
    ['xoxb-', '123456789012-abcdef'],
    ['AKIA', 'ABCDEFGHIJKLMNOP'],
    ['AIza', a(35)],
    ['npm_', a(36)],
    ['hf_', a(34)],
    [`eyJ${a(20)}.eyJ`, `${a(30)}.${a(20)}`],
  ])('%s… is taken out, wherever it stands', (start, rest) => {
    const key = `${start}${rest}`;
    for (const [before, after] of [
      ['', ''],
      ['401: bad key ', ', try again'],
      ['{"key":"', '"}'],
      ['{"out":"a\\n', '\\n"}'],
      ['TOKEN=', '\n'],
    ])
      expect(withoutKeys(`${before}${key}${after}`)).toBe(`${before}[redacted]${after}`);
  });

  it('of a private key is the whole block, or what there is of it', () => {
    const lines = `\n${a(64)}\n${a(64)}\n`;
    expect(withoutKeys(`x ${PEM(lines)}${END} y`)).toBe('x [redacted] y');
    expect(withoutKeys(`x ${PEM(lines.replaceAll('\n', '\\n'))}${END} y`)).toBe('x [redacted] y');
    expect(withoutKeys(`${PEM(lines)}${END}\n${PEM(lines)}${END}`)).toBe('[redacted]\n[redacted]');
    expect(withoutKeys(`${PEM(lines)}…cut`)).toBe('[redacted]…cut');
    expect(withoutKeys(`-----BEGIN ${'CERTIFICATE'}-----${lines}`)).toContain(a(64));
  });

  it('are not seen in common words', () => {
    for (const text of [
      'sk-circle-fade-dot-and-more-of-it',
      'task-1234567890123456789012345',
      'npm_config_cache and ghosts',
      'AKIAABCDEFGHIJKLMNOPQ',
      'eyJ is how they begin',
      `sha ${'0123456789abcdef'.repeat(4)}`,
    ])
      expect(withoutKeys(text)).toBe(text);
  });

  it('take a bounded time, whatever the text', () => {
    const startedAtMs = performance.now();
    for (const part of ['sk-', 'eyJ', 'eyJaaaaaaaa.eyJ', PEM('\n'), '-----BEGIN X'])
      withoutKeys(part.repeat(100_000 / part.length));
    expect(performance.now() - startedAtMs).toBeLessThan(3000);
  });
});
