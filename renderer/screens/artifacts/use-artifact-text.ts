import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ClientArtifact } from '../../../contract/client/client-artifact.ts';
import { useConnection } from '../../api/instance-context.ts';
import { keys } from '../../api/query-keys.ts';
import { readArtifactBytes } from './artifact-bytes.ts';

/** Read at once; more when somebody wants more. */
export const PART_BYTES = 256 * 1024;

type TextOf = Pick<ClientArtifact, 'id' | 'sizeBytes'>;

/** The beginning of an artifact as text, and as much more of it as was asked for. */
export function useArtifactText({ id, sizeBytes }: TextOf) {
  const connection = useConnection();
  const pages = useInfiniteQuery({
    queryKey: keys.artifactText(id),
    initialPageParam: 0,
    queryFn: ({ pageParam: first, signal }) =>
      readArtifactBytes(connection, id, { first, length: Math.min(PART_BYTES, sizeBytes - first), signal }),
    getNextPageParam: (_, all) => {
      const read = sizeOf(all);
      return read < sizeBytes ? read : undefined;
    },
  });
  const text = useMemo(() => (pages.data === undefined ? undefined : decode(pages.data.pages)), [pages.data]);
  return { ...pages, data: text, readBytes: sizeOf(pages.data?.pages ?? []) };
}

const sizeOf = (pages: readonly Uint8Array[]): number => pages.reduce((sum, { length }) => sum + length, 0);

/** What is no UTF-8 is drawn as the sign for it; a character on the edge of two parts is whole. */
function decode(pages: readonly Uint8Array<ArrayBuffer>[]): string {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return pages.map((page) => decoder.decode(page, { stream: true })).join('');
}
