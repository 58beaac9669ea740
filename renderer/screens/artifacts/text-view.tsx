import { useMemo } from 'react';
import type { ClientArtifact } from '../../../contract/client/client-artifact.ts';
import { Button } from '../../parts/button.tsx';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Answer } from '../../parts/region.tsx';
import { formatBytes } from '../../words/format-number.ts';
import { RowList } from './row-list.tsx';
import { splitRows } from './split-rows.ts';
import { PART_BYTES, useArtifactText } from './use-artifact-text.ts';

/** Text as it is written, whatever it means to other programs. */
export function TextView({ artifact }: { readonly artifact: Pick<ClientArtifact, 'id' | 'name' | 'sizeBytes'> }) {
  const text = useArtifactText(artifact);
  return (
    <Answer asked={text} what={artifact.name}>
      {(data) => (
        <>
          {data === '' ? <EmptyNote>Nothing was written.</EmptyNote> : <Rows label={artifact.name} text={data} />}
          {text.hasNextPage ? (
            <p className="flex items-center gap-3 py-2 text-ink-2">
              {formatBytes(text.readBytes)} of {formatBytes(artifact.sizeBytes)} are shown.
              <Button aria-disabled={text.isFetching} onClick={() => void text.fetchNextPage()}>
                {text.isFetching ? 'Reading…' : `Read ${formatBytes(PART_BYTES)} more`}
              </Button>
            </p>
          ) : null}
        </>
      )}
    </Answer>
  );
}

function Rows({ label, text }: { readonly label: string; readonly text: string }) {
  const rows = useMemo(() => splitRows(text), [text]);
  return <RowList label={label} rows={rows} />;
}
