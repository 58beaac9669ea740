import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ClientArtifact } from '../../../contract/client/client-artifact.ts';
import { useConnection } from '../../api/instance-context.ts';
import { keys } from '../../api/query-keys.ts';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Answer } from '../../parts/region.tsx';
import { formatBytes } from '../../words/format-number.ts';
import { readArtifactBlob } from './artifact-bytes.ts';

const MOST_BYTES = 32 * 1024 * 1024;

/** A picture out of bytes that were fetched: the page has no address of it. */
export function PictureView({ artifact }: { readonly artifact: ClientArtifact }) {
  const connection = useConnection();
  const { id, name, mediaType, sizeBytes } = artifact;
  const isShown = sizeBytes > 0 && sizeBytes <= MOST_BYTES;
  const bytes = useQuery({
    queryKey: keys.artifactImage(id),
    queryFn: () => readArtifactBlob(connection, id, mediaType),
    enabled: isShown,
    gcTime: 0,
  });
  if (!isShown) {
    return <EmptyNote>A picture of {formatBytes(sizeBytes)} is not drawn here. Save it and open it there.</EmptyNote>;
  }
  return (
    <Answer asked={bytes} what={name}>
      {(blob) => <Drawn blob={blob} name={name} />}
    </Answer>
  );
}

function Drawn({ blob, name }: { readonly blob: Blob; readonly name: string }) {
  const [url, setUrl] = useState('');
  const [size, setSize] = useState<string | null>('');
  useEffect(() => {
    const made = URL.createObjectURL(blob);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  if (size === null) return <EmptyNote>The browser cannot draw it: its bytes are no such picture.</EmptyNote>;
  if (url === '') return null;
  return (
    <figure className="py-2">
      <img
        src={url}
        alt={name}
        className="max-h-[60vh] max-w-full border border-line bg-sunken"
        onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) => setSize(`${naturalWidth} × ${naturalHeight}`)}
        onError={() => setSize(null)}
      />
      <figcaption className="min-h-5 text-ink-2">{size}</figcaption>
    </figure>
  );
}
