import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { visibleText } from '../../../../main/daemon/domain/visible-text.ts';

describe('SRV-51: a text of an agent in a sentence of ours', () => {
  it.each([
    ['rm\u001b[2K ls', 'rmU+001B[2K ls'],
    ['a\u202eb\u2066c\u200fd', 'aU+202EbU+2066cU+200Fd'],
    ['x\u0000y\u007fz\u009b', 'xU+0000yU+007FzU+009B'],
    ['zero\u200bwidth\ufeff\u00ad', 'zeroU+200BwidthU+FEFFU+00AD'],
    ['tag\u{e0041}', 'tagU+E0041'],
    ['half \ud83c', 'half U+D83C'],
  ])('%j is shown as %j', (text, shown) => {
    expect(visibleText(text)).toBe(shown);
  });

  it('keeps what can be seen', () => {
    for (const text of ['npm test\n\t--x', 'über 日本 🎂 👩‍💻 نمی‌خواهم']) expect(visibleText(text)).toBe(text);
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        (text) => !/[\p{Cc}\u202a-\u202e]/u.test(visibleText(text).replace(/[\n\t]/g, '')),
      ),
    );
  });
});
