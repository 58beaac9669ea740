import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inlinePieces, textBlocks } from '../../../../../renderer/screens/activity/text-blocks.ts';

describe('what an agent says', () => {
  it('is paragraphs, and code between fences', () => {
    expect(textBlocks('One\nline.\n\n```ts\nconst a = 1;\n\nb\n```\nAfter')).toEqual([
      { kind: 'paragraph', text: 'One\nline.' },
      { kind: 'code', text: 'const a = 1;\n\nb', language: 'ts' },
      { kind: 'paragraph', text: 'After' },
    ]);
  });

  it('is code up to its end where a fence has none, and so far as it came', () => {
    expect(textBlocks('~~~\n<script>alert(1)</script>')).toEqual([
      { kind: 'code', text: '<script>alert(1)</script>', language: '' },
    ]);
    expect(textBlocks('````\n```\n````')).toEqual([{ kind: 'code', text: '```', language: '' }]);
  });

  it('keeps every character of its lines', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', '`', '\n', '~', ' ', '<b>', '*'), { maxLength: 60 }), (parts) => {
        const text = parts.join('');
        const shown = textBlocks(text)
          .map((block) => block.text)
          .join('');
        for (const letter of ['a', '<b>', '*'])
          expect(shown.split(letter).length).toBeLessThanOrEqual(text.split(letter).length);
      }),
    );
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z <>&*`]*$/), (line) => {
        const told = inlinePieces(line).map(({ kind, text }) =>
          kind === 'code' ? `\`${text}\`` : kind === 'strong' ? `**${text}**` : text,
        );
        expect(told.join('')).toBe(line);
      }),
    );
  });
});
