import { useQuery } from '@tanstack/react-query';
import type { ClientArtifact } from '../../../contract/client/client-artifact.ts';
import { useConnection } from '../../api/instance-context.ts';
import { keys } from '../../api/query-keys.ts';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Answer } from '../../parts/region.tsx';
import { formatBytes } from '../../words/format-number.ts';
import { readArtifactBytes } from './artifact-bytes.ts';
import { hexRows } from './hex-rows.ts';

const HEAD_BYTES = 1024;

/** The beginning of a file, byte by byte. */
export function BytesView({ artifact }: { readonly artifact: ClientArtifact }) {
  const connection = useConnection();
  const { id, name, sizeBytes } = artifact;
  const length = Math.min(HEAD_BYTES, sizeBytes);
  const head = useQuery({
    queryKey: keys.artifactHead(id),
    queryFn: ({ signal }) => readArtifactBytes(connection, id, { first: 0, length, signal }),
  });
  if (sizeBytes === 0) return <EmptyNote>Nothing was written.</EmptyNote>;
  return (
    <Answer asked={head} what={name}>
      {(bytes) => (
        <>
          <p className="py-1 text-ink-2">
            {length < sizeBytes
              ? `The first ${formatBytes(length)} of ${formatBytes(sizeBytes)}.`
              : `All ${formatBytes(sizeBytes)}.`}
          </p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys */}
          <pre tabIndex={0} className="max-h-[60vh] overflow-auto bg-sunken p-2">
            {hexRows(bytes)
              .map(({ offset, hex, text }) => `${offset}  ${hex.padEnd(47)}  ${text}`)
              .join('\n')}
          </pre>
        </>
      )}
    </Answer>
  );
}
