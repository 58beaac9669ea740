import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'wouter';
import type { ClientArtifact } from '../../../contract/client/client-artifact.ts';
import { listStepArtifacts } from '../../../contract/client/step-routes.ts';
import { useConnection } from '../../api/instance-context.ts';
import { keys } from '../../api/query-keys.ts';
import { unwrapView } from '../../api/unwrap.ts';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Answer } from '../../parts/region.tsx';
import { plural } from '../../words/format-number.ts';
import type { StepTabProps } from '../step/step-tab-props.ts';
import { ArtifactList } from './artifact-list.tsx';
import { ArtifactView } from './artifact-view.tsx';

/** The files that an attempt left as evidence. */
export function StepArtifacts({ facts: { step }, attempt }: StepTabProps) {
  const connection = useConnection();
  const artifacts = useQuery({
    queryKey: keys.stepArtifacts(step.id),
    queryFn: () => unwrapView(listStepArtifacts(connection, step.id)),
  });
  return (
    <Answer asked={artifacts} what="the artifacts">
      {(all) => {
        const ofAttempt = all.filter(({ attemptId }) => attemptId === attempt?.id);
        if (ofAttempt.length > 0) return <Artifacts artifacts={inOrder(ofAttempt)} stepId={step.id} />;
        return (
          <EmptyNote>
            {attempt?.endedAtMs === null
              ? 'No artifacts yet: they are recorded when the attempt has ended.'
              : 'No artifacts: no files were written.'}
            {all.length === 0 ? '' : ` Other attempts have ${plural(all.length, 'of them', 'of them')}.`}
          </EmptyNote>
        );
      }}
    </Answer>
  );
}

interface ArtifactsProps {
  readonly artifacts: readonly ClientArtifact[];
  readonly stepId: string;
}

function Artifacts({ artifacts, stepId }: ArtifactsProps) {
  const [search, setSearch] = useSearchParams();
  const wanted = search.get('artifact');
  const chosen = artifacts.find(({ id }) => id === wanted) ?? null;
  const choose = ({ id }: ClientArtifact): void =>
    setSearch((before) => {
      const after = new URLSearchParams(before);
      after.set('artifact', id);
      return after;
    });
  return (
    <div className="flex flex-col gap-4 wide:h-full wide:flex-row">
      <div className="h-44 shrink-0 wide:h-full wide:w-[34rem]">
        <ArtifactList artifacts={artifacts} chosenId={chosen?.id ?? null} onChoose={choose} />
      </div>
      <div className="min-w-0 grow pt-2 pb-4 pl-1 wide:overflow-auto">
        {chosen === null ? (
          <EmptyNote>
            {wanted === null ? 'Choose one to look into it.' : 'The address names no artifact of this attempt.'}
          </EmptyNote>
        ) : (
          <ArtifactView key={chosen.id} artifact={chosen} stepId={stepId} />
        )}
      </div>
    </div>
  );
}

/** Folders after files, both by name. */
const inOrder = (artifacts: readonly ClientArtifact[]): readonly ClientArtifact[] =>
  artifacts.toSorted(
    (one, other) => one.name.split('/').length - other.name.split('/').length || one.name.localeCompare(other.name),
  );
