import { useQuery } from '@tanstack/react-query';
import { listStepArtifacts, listStepValidations } from '../../../contract/client/step-routes.ts';
import { useConnection } from '../../api/instance-context.ts';
import { keys } from '../../api/query-keys.ts';
import { unwrapView } from '../../api/unwrap.ts';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Answer } from '../../parts/region.tsx';
import type { StepTabProps } from '../step/step-tab-props.ts';
import { CheckEntry } from './check-entry.tsx';
import { checksSentence } from './check-words.ts';

/** What was run to see whether the work holds, and what came of it. */
export function StepChecks({ facts: { step }, attempt }: StepTabProps) {
  const connection = useConnection();
  const checks = useQuery({
    queryKey: keys.stepValidations(step.id),
    queryFn: () => unwrapView(listStepValidations(connection, step.id)),
  });
  const artifacts = useQuery({
    queryKey: keys.stepArtifacts(step.id),
    queryFn: () => unwrapView(listStepArtifacts(connection, step.id)),
  });
  if (attempt === null) return <EmptyNote>Nothing was tried yet, so nothing was checked.</EmptyNote>;
  return (
    <Answer asked={checks} what="the checks">
      {(byAttempt) => {
        const list = byAttempt.get(attempt.id) ?? [];
        if (list.length === 0) return <EmptyNote>No checks declared. Only the exit code was measured.</EmptyNote>;
        return (
          <>
            <p className="py-2 text-ink-2">{checksSentence(list)}</p>
            <ul aria-label="Checks">
              {list.map((check) => (
                <CheckEntry key={check.name} check={check} artifacts={artifacts.data ?? []} />
              ))}
            </ul>
          </>
        );
      }}
    </Answer>
  );
}
