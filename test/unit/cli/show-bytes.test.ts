import { describe, expect, it } from 'vitest';
import { showBytes } from '../../../main/cli/show-bytes.ts';

async function shown(chunks: readonly (string | Uint8Array)[], isTerminal = true): Promise<string> {
  const written: Uint8Array[] = [];
  const size = () => (isTerminal ? { columns: 80, rows: 24 } : null);
  await showBytes(
    { outBytes: async (bytes) => void written.push(bytes), outScreen: { size, hasColor: true } },
    chunks.map((chunk) => (typeof chunk === 'string' ? Buffer.from(chunk) : chunk)),
  );
  return Buffer.concat(written).toString('latin1');
}

const CLIPBOARD = '\u001b]52;c;ZXZpbA==\u0007';

describe('what a program printed (CLI-12)', () => {
  it('keeps its colours on a terminal and steers nothing else', async () => {
    expect(await shown(['\u001b[1;31mred\u001b[m 5%\r100%\n\t\u001b[2J', CLIPBOARD])).toBe(
      '\u001b[1;31mred\u001b[m 5%\r100%\n\t\\x1b[2J\\x1b]52;c;ZXZpbA==\\x07\u001b[0m',
    );
  });

  it('is the same however it is cut', async () => {
    const whole = Buffer.from(`a\u001b[38;5;1mb${CLIPBOARD}\u009bm ä\u001b[2Jc\u001b[`);
    const expected = await shown([whole]);
    for (let at = 1; at < whole.length; at += 1) {
      expect(await shown([whole.subarray(0, at), whole.subarray(at)])).toBe(expected);
    }
    for (const sign of ['\u0007', '\u001b]', '\u001b[2', '\u009b']) expect(expected).not.toContain(sign);
  });

  it('is what it is anywhere else', async () => {
    const bytes = Buffer.from([0x1b, 0x5b, 0x32, 0x4a, 0xff, 0x00]);
    expect(await shown([bytes], false)).toBe(bytes.toString('latin1'));
  });
});
