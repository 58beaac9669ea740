import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { verifyArtifact } from '../../../contract/client/artifact-routes.ts';
import type { ClientArtifact } from '../../../contract/client/client-artifact.ts';
import { useConnection } from '../../api/instance-context.ts';
import { failureOf } from '../../api/request-error.ts';
import { unwrapView } from '../../api/unwrap.ts';
import { Button } from '../../parts/button.tsx';
import { Facts } from '../../parts/facts.tsx';
import { FailureNote } from '../../parts/failure-note.tsx';
import { Field, Select } from '../../parts/field.tsx';
import { SeenText } from '../../parts/seen-text.tsx';
import { ShortHash } from '../../parts/short-hash.tsx';
import { Verdict } from '../../parts/verdict.tsx';
import { formatBytes, formatCount } from '../../words/format-number.ts';
import { formatClock } from '../../words/format-time.ts';
import { KIND_WORDS, waysToShow } from './artifact-kind.ts';
import { Content } from './content.tsx';
import { saveArtifact } from './save-artifact.ts';

interface ArtifactViewProps {
  readonly artifact: ClientArtifact;
  readonly stepId: string;
}

/** One file of evidence: what the record says of it, and what is in it. */
export function ArtifactView({ artifact, stepId }: ArtifactViewProps) {
  const connection = useConnection();
  const ways = waysToShow(artifact);
  const [wanted, setWanted] = useState<string>(ways[0] ?? 'bytes');
  const kind = ways.find((one) => one === wanted) ?? 'bytes';
  const save = useMutation({ mutationFn: () => saveArtifact(connection, artifact) });
  return (
    <div className="min-w-0">
      <h2 className="pb-1 wrap-anywhere">
        <SeenText text={artifact.name} />
      </h2>
      <Recorded artifact={artifact} />
      <div className="flex flex-wrap items-end gap-3 py-2">
        <Field label="Shown as">
          <Select
            value={kind}
            onChange={setWanted}
            options={ways.map((one) => ({ value: one, label: KIND_WORDS[one] }))}
          />
        </Field>
        <Button aria-disabled={save.isPending} onClick={save.isPending ? undefined : () => save.mutate()}>
          {save.isPending ? 'Reading…' : 'Save file'}
        </Button>
        {kind === 'diff' ? (
          <Link
            href={`/steps/${encodeURIComponent(stepId)}/changes`}
            className="inline-flex min-h-7 items-center text-accent"
          >
            Open Changes
          </Link>
        ) : null}
      </div>
      {save.error === null ? null : <FailureNote failure={failureOf(save.error)} effect="The file was not saved." />}
      {kind === 'markup' ? <p className="pb-1 text-ink-2">Shown as it is written. Nothing in it runs here.</p> : null}
      <Content key={`${artifact.id} ${kind}`} artifact={artifact} kind={kind} />
    </div>
  );
}

function Recorded({ artifact }: { readonly artifact: ClientArtifact }) {
  const { type, mediaType, sizeBytes, sha256, containsSecret } = artifact;
  return (
    <Facts
      facts={[
        { name: 'Type', value: `${type}, ${mediaType || 'no media type recorded'}` },
        {
          name: 'Size',
          value:
            sizeBytes < 1024 ? formatBytes(sizeBytes) : `${formatBytes(sizeBytes)} (${formatCount(sizeBytes)} bytes)`,
        },
        { name: 'Hash', value: <ShortHash hash={sha256} /> },
        { name: 'Verified', value: <Verified artifact={artifact} /> },
        ...(containsSecret ? [{ name: 'Secrets', value: 'It holds what looks like one.' }] : []),
      ]}
    />
  );
}

/** Whether the file is still what was recorded; read anew each time that somebody asks. */
function Verified({ artifact }: { readonly artifact: ClientArtifact }) {
  const connection = useConnection();
  const check = useMutation({
    mutationFn: async () => ({ verdict: await unwrapView(verifyArtifact(connection, artifact.id)), atMs: Date.now() }),
  });
  const { data } = check;
  return (
    <span className="inline-flex flex-wrap items-center gap-3">
      <Button aria-disabled={check.isPending} onClick={check.isPending ? undefined : () => check.mutate()}>
        {check.isPending ? 'Hashing…' : 'Verify file'}
      </Button>
      <span role="status">
        {data === undefined ? null : (
          <>
            <Verdict kind={data.verdict.isOk ? 'good' : 'bad'}>
              {data.verdict.isOk ? 'As it was recorded' : 'Not as it was recorded'}
            </Verdict>{' '}
            {data.verdict.isOk ? `Hashed again ${formatClock(data.atMs)}.` : `${data.verdict.problem}.`}
          </>
        )}
        {check.error === null ? null : 'It could not be read. Try again.'}
      </span>
    </span>
  );
}
