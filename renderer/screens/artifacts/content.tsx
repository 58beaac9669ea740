import { lazy, Suspense } from 'react';
import type { ClientArtifact } from '../../../contract/client/client-artifact.ts';
import type { ArtifactKind } from './artifact-kind.ts';
import { BytesView } from './bytes-view.tsx';
import { DocumentsView } from './documents-view.tsx';
import { JsonView } from './json-view.tsx';
import { PictureView } from './picture-view.tsx';
import { TextView } from './text-view.tsx';

/** Brings a parser along. */
const MarkdownView = lazy(() => import('./markdown-view.tsx').then((m) => ({ default: m.MarkdownView })));

interface ContentProps {
  readonly artifact: ClientArtifact;
  readonly kind: ArtifactKind;
}

/** What is in an artifact. */
export function Content({ artifact, kind }: ContentProps) {
  switch (kind) {
    case 'text':
    case 'diff':
    case 'markup':
      return <TextView artifact={artifact} />;
    case 'json':
      return <JsonView artifact={artifact} />;
    case 'lines':
      return <DocumentsView artifact={artifact} />;
    case 'picture':
      return <PictureView artifact={artifact} />;
    case 'bytes':
      return <BytesView artifact={artifact} />;
    case 'markdown':
      return (
        <Suspense fallback={null}>
          <MarkdownView artifact={artifact} />
        </Suspense>
      );
  }
}
