import { expect, it } from 'vitest';
import { hexRows } from '../../../../../renderer/screens/artifacts/hex-rows.ts';

it('shows sixteen bytes a row, and letters only where they are', () => {
  const bytes = new TextEncoder().encode('\u0000Hi\u001b[31mé there!');
  expect(hexRows(bytes)).toEqual([
    { offset: '00000000', hex: '00 48 69 1b 5b 33 31 6d c3 a9 20 74 68 65 72 65', text: '.Hi.[31m.. there' },
    { offset: '00000010', hex: '21', text: '!' },
  ]);
  expect(hexRows(new Uint8Array())).toEqual([]);
});
