import {
  type ClientArtifact,
  type ClientArtifactVerdict,
  clientArtifact,
  clientArtifactVerdict,
} from './client-artifact.ts';
import { type DocumentReply, requestDocument } from './document.ts';
import type { Connection } from './http-types.ts';
import { readFields } from './read-fields.ts';
import { type ListReply, requestList } from './request-list.ts';
import { openReply, type StreamReply } from './send-request.ts';

const artifactPath = (artifactId: string, rest = ''): string =>
  `/api/v1/artifacts/${encodeURIComponent(artifactId)}${rest}`;

export const getArtifact = (connection: Connection, artifactId: string): DocumentReply<ClientArtifact> =>
  requestDocument(connection, { method: 'GET', path: artifactPath(artifactId) }, (json) =>
    readFields(json, clientArtifact),
  );

/** All of a step, whichever attempt they are of. */
export const readStepArtifacts = (connection: Connection, stepId: string): ListReply<ClientArtifact> =>
  requestList(
    connection,
    { method: 'GET', path: `/api/v1/steps/${encodeURIComponent(stepId)}/artifacts` },
    clientArtifact,
  );

/** The bytes as they were recorded. The daemon refuses what no longer has the recorded size or hash. */
export const openArtifact = (connection: Connection, artifactId: string, signal?: AbortSignal): StreamReply =>
  openReply(connection, { method: 'GET', path: artifactPath(artifactId, '/content'), signal });

/** Some of the bytes, both ends counted, from 0; fewer when the file ends before. */
export const openArtifactRange = (
  connection: Connection,
  artifactId: string,
  { first, last, signal }: { readonly first: number; readonly last: number; readonly signal?: AbortSignal | undefined },
): StreamReply =>
  openReply(connection, {
    method: 'GET',
    path: artifactPath(artifactId, '/content'),
    headers: { range: `bytes=${first}-${last}` },
    signal,
  });

/** Reads the file again and compares it with the record: takes as long as it is large. */
export const verifyArtifact = (connection: Connection, artifactId: string): DocumentReply<ClientArtifactVerdict> =>
  requestDocument(connection, { method: 'POST', path: artifactPath(artifactId, '/verify'), body: {} }, (json) =>
    readFields(json, clientArtifactVerdict),
  );
