import { describe, expect, it } from 'vitest';
import { shortenCommand } from '../../../../main/daemon/domain/shorten-command.ts';

describe('a shortened command', () => {
  it.each([
    ['npm test', 'npm test'],
    ['  npm test\n', 'npm test'],
    ['npm ci\nnpm test', 'npm ci…'],
    ['x'.repeat(61), `${'x'.repeat(60)}…`],
    ['', ''],
  ])('of %j is %j', (command, short) => {
    expect(shortenCommand(command)).toBe(short);
  });
});
