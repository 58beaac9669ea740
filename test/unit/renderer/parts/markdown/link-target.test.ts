import { expect, it } from 'vitest';
import { isDrawnPicture, outsideTarget } from '../../../../../renderer/parts/markdown/link-target.ts';

it.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  'file:///etc/passwd',
  'blob:http://a/b',
  'mailto:a@b.c',
  '//evil.example',
  'http://',
  'https://user:word@evil.example/',
  'http://web-shop@evil.example/',
])('leads nowhere: %j', (target) => {
  expect(outsideTarget(target)).toEqual({ kind: 'none' });
});

it('leads to the web, and names the host as it is and not as it looks', () => {
  expect(outsideTarget('https://Example.org:8443/a?b#c')).toEqual({
    kind: 'outside',
    url: 'https://example.org:8443/a?b#c',
  });
  expect(outsideTarget('https://аpple.com/')).toEqual({ kind: 'outside', url: 'https://xn--pple-43d.com/' });
});

it('draws pictures that are in the text, and fetches none', () => {
  expect(isDrawnPicture('data:image/png;base64,AAAA')).toBe(true);
  for (const source of [
    'https://evil.example/pixel.png',
    'data:image/svg+xml;base64,AAAA',
    'data:text/html;base64,AAAA',
    'data:image/png;base64,AAAA"onerror=x',
    '/ui/x.png',
  ]) {
    expect(isDrawnPicture(source)).toBe(false);
  }
});
