import { expect, it } from 'vitest';
import { artifactKind, waysToShow } from '../../../../../renderer/screens/artifacts/artifact-kind.ts';

const of = (name: string, mediaType: string, type = 'file') => ({ name, mediaType, type });

it.each([
  ['a.log', 'text/plain; charset=utf-8', 'text'],
  ['a.json', 'application/json; charset=utf-8', 'json'],
  ['a.ndjson', 'application/json', 'lines'],
  ['a.md', 'text/markdown', 'markdown'],
  ['a.patch', 'text/x-diff; charset=utf-8', 'diff'],
  ['a.png', 'image/png', 'picture'],
  ['a.svg', 'image/svg+xml', 'markup'],
  ['a.svg', 'image/png', 'markup'],
  ['a.html', 'text/html', 'markup'],
  ['a.md', 'text/html', 'markup'],
  ['a.bin', 'application/octet-stream', 'bytes'],
  ['a', '', 'bytes'],
])('%s of type %j is shown as %s', (name, mediaType, kind) => {
  expect(artifactKind(of(name, mediaType))).toBe(kind);
});

it('offers text and bytes besides', () => {
  expect(waysToShow(of('a.json', 'application/json'))).toEqual(['json', 'text', 'bytes']);
  expect(waysToShow(of('a.svg', 'image/svg+xml'))).toEqual(['markup', 'bytes']);
  expect(waysToShow(of('a.bin', ''))).toEqual(['bytes', 'text']);
});
