import type { ClientArtifact } from '../../../contract/client/client-artifact.ts';
import { Markdown } from '../../parts/markdown/markdown.tsx';
import { Answer } from '../../parts/region.tsx';
import { TextView } from './text-view.tsx';
import { useArtifactText } from './use-artifact-text.ts';

/** Markdown, formatted and inert; as text when it is longer than anybody reads. */
export function MarkdownView({ artifact }: { readonly artifact: ClientArtifact }) {
  const text = useArtifactText(artifact);
  return (
    <Answer asked={text} what={artifact.name}>
      {(data) =>
        text.hasNextPage ? (
          <>
            <p className="py-1 text-ink-2">Shown as text: it is too long to be formatted.</p>
            <TextView artifact={artifact} />
          </>
        ) : (
          <div className="border border-line bg-panel p-3">
            <Markdown text={data} topLevel={3} idPrefix={`${artifact.id}-`} />
          </div>
        )
      }
    </Answer>
  );
}
