import type { ClientArtifact } from '../../../contract/client/client-artifact.ts';

/** How the content of an artifact is shown. */
export type ArtifactKind = 'text' | 'json' | 'lines' | 'markdown' | 'diff' | 'markup' | 'picture' | 'bytes';

type Typed = Pick<ClientArtifact, 'name' | 'type' | 'mediaType'>;

/** By its recorded type, and by the ending of its name where that says more. Programs that run (HTML, SVG) are text here. */
export function artifactKind({ name, type, mediaType }: Typed): ArtifactKind {
  const media = mediaType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  if (MARKUP_TYPES.has(media) || MARKUP_ENDINGS.has(ending)) return 'markup';
  if (PICTURES.has(media)) return 'picture';
  if (type === 'diff' || media === 'text/x-diff') return 'diff';
  if (ending === 'ndjson' || ending === 'jsonl' || media === 'application/x-ndjson') return 'lines';
  if (media === 'application/json' || ending === 'json') return 'json';
  if (media === 'text/markdown' || ending === 'md') return 'markdown';
  return media.startsWith('text/') || TEXT_TYPES.has(media) ? 'text' : 'bytes';
}

const MARKUP_TYPES: ReadonlySet<string> = new Set([
  'text/html',
  'application/xhtml+xml',
  'image/svg+xml',
  'text/xml',
  'application/xml',
]);
const MARKUP_ENDINGS: ReadonlySet<string> = new Set(['html', 'htm', 'xhtml', 'svg', 'xml']);
const TEXT_TYPES: ReadonlySet<string> = new Set(['application/yaml', 'application/javascript', 'application/toml']);

/** What a browser draws and nothing more. */
const PICTURES: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif']);

/** The first of them is what is shown; each can be looked at as text or as bytes as well. */
export const waysToShow = (artifact: Typed): readonly ArtifactKind[] => {
  const kind = artifactKind(artifact);
  return [
    ...new Set<ArtifactKind>([kind, ...(kind === 'markup' || kind === 'diff' ? [] : ['text' as const]), 'bytes']),
  ];
};

export const KIND_WORDS: Readonly<Record<ArtifactKind, string>> = {
  text: 'Text',
  json: 'Tree',
  lines: 'Documents by line',
  markdown: 'Formatted',
  diff: 'Patch',
  markup: 'Source',
  picture: 'Picture',
  bytes: 'Bytes',
};
