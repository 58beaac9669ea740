import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Link } from 'wouter';
import { openChanges, readStepChanges } from '../../../contract/client/changes-routes.ts';
import type { ClientChangedFile } from '../../../contract/client/client-changes.ts';
import type { ClientGate } from '../../../contract/client/client-gate.ts';
import { useConnection } from '../../api/instance-context.ts';
import { keys } from '../../api/query-keys.ts';
import { unwrap } from '../../api/unwrap.ts';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Answer } from '../../parts/region.tsx';
import { SeenText } from '../../parts/seen-text.tsx';
import { formatCount, plural } from '../../words/format-number.ts';
import { AskedDiff } from './asked-diff.tsx';

/** What is longer is read where files can be told apart and found again. */
const MOST_LINES_CHANGED = 3000;

interface AskedWorkProps {
  readonly gate: ClientGate;
  readonly onWhole: () => void;
}

/** The work of an attempt that is to be accepted: its files with their counts, and what changed in them. */
export function AskedWork({ gate: { stepId, attemptId }, onWhole }: AskedWorkProps) {
  const connection = useConnection();
  const subject = { stepId, attemptId };
  const changes = useQuery({
    queryKey: [...keys.stepChanges(stepId, { attempt: attemptId }), 'asked'],
    queryFn: ({ signal }) => unwrap(readStepChanges(connection, subject, signal)),
  });
  const files = changes.data?.files ?? [];
  const isLong = linesChanged(files) > MOST_LINES_CHANGED;
  const patch = useQuery({
    queryKey: [...keys.step(stepId), 'patch', attemptId],
    queryFn: async ({ signal }) => (await unwrap(openChanges(connection, subject, { signal }))).text(),
    enabled: !isLong && files.length > 0,
  });
  const isWhole = changes.isSuccess && (isLong || files.length === 0 || patch.isSuccess);
  useEffect(() => {
    if (isWhole) onWhole();
  }, [isWhole, onWhole]);
  return (
    <Answer asked={changes} what="what the attempt changed">
      {(work) =>
        files.length === 0 ? (
          <EmptyNote>{work === null ? NO_LIST : 'No diff: nothing changed since its base.'}</EmptyNote>
        ) : (
          <>
            <ChangedFiles files={files} />
            {isLong ? (
              <p>
                More than {formatCount(MOST_LINES_CHANGED)} lines changed.{' '}
                <Link className="text-accent underline" href={`/steps/${stepId}/changes?attempt=${attemptId}`}>
                  Read them in Changes
                </Link>
                , then decide here.
              </p>
            ) : (
              <Answer asked={patch} what="the diff">
                {(diff) => <AskedDiff label="Diff" diff={diff} />}
              </Answer>
            )}
          </>
        )
      }
    </Answer>
  );
}

const NO_LIST = 'No diff: the record holds no work of this attempt.';

const linesChanged = (files: readonly ClientChangedFile[]): number =>
  files.reduce((sum, { additions, deletions }) => sum + (additions ?? 0) + (deletions ?? 0), 0);

function ChangedFiles({ files }: { readonly files: readonly ClientChangedFile[] }) {
  return (
    <section>
      <h3 className="pb-0.5 font-semibold">{plural(files.length, 'file')}</h3>
      <table className="w-full">
        <thead className="sr-only">
          <tr>
            <th scope="col">File</th>
            <th scope="col">What happened</th>
            <th scope="col">Lines added</th>
            <th scope="col">Lines deleted</th>
          </tr>
        </thead>
        <tbody>
          {files.map(({ path, oldPath, status, additions, deletions, isBinary }) => (
            <tr key={path} className="border-t border-line">
              <td className="py-0.5 pr-3 font-mono text-log wrap-anywhere">
                {oldPath === '' ? null : (
                  <>
                    <SeenText text={oldPath} /> →{' '}
                  </>
                )}
                <SeenText text={path} />
              </td>
              <td className="pr-3 whitespace-nowrap text-ink-2">{isBinary ? `${status}, binary` : status}</td>
              <td className="pr-2 text-right whitespace-nowrap text-done">
                {additions === null ? '' : `+${formatCount(additions)}`}
              </td>
              <td className="text-right whitespace-nowrap text-fail">
                {deletions === null ? '' : `-${formatCount(deletions)}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
