import { useMemo } from 'react';
import type { ClientArtifact } from '../../../contract/client/client-artifact.ts';
import { parseJson } from '../../../contract/client/json-value.ts';
import { Answer } from '../../parts/region.tsx';
import { JsonTree } from './json-tree.tsx';
import { TextView } from './text-view.tsx';
import { useArtifactText } from './use-artifact-text.ts';

/** A document as a tree; as text when it is none, or has not been read to its end. */
export function JsonView({ artifact }: { readonly artifact: Pick<ClientArtifact, 'id' | 'name' | 'sizeBytes'> }) {
  const text = useArtifactText(artifact);
  return (
    <Answer asked={text} what={artifact.name}>
      {(data) => <Shown text={data} isWhole={!text.hasNextPage} artifact={artifact} />}
    </Answer>
  );
}

interface ShownProps {
  readonly text: string;
  readonly isWhole: boolean;
  readonly artifact: Pick<ClientArtifact, 'id' | 'name' | 'sizeBytes'>;
}

function Shown({ text, isWhole, artifact }: ShownProps) {
  const parsed = useMemo(() => (isWhole ? parseJson(text) : null), [text, isWhole]);
  if (parsed?.ok === true) return <JsonTree value={parsed.value} />;
  return (
    <>
      <p className="py-1 text-ink-2">
        {parsed === null
          ? 'Shown as text until all of it is read: a tree needs the whole document.'
          : `Shown as text: it is no JSON. ${parsed.error}`}
      </p>
      <TextView artifact={artifact} />
    </>
  );
}
