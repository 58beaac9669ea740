import { failureOf } from '../../api/request-error.ts';
import { Button } from '../../parts/button.tsx';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { FailureNote } from '../../parts/failure-note.tsx';
import { Answer, Region } from '../../parts/region.tsx';
import { SampleProgress } from './sample-progress.tsx';
import { SAMPLE_FILE } from './sample-task.ts';
import { useSample } from './use-sample.ts';

/** A real run of a harmless command, shown from its start to its end. */
export function Sample() {
  const { runId, start, step } = useSample();
  return (
    <Region heading="The sample">
      <p>
        A run with one step. In a worktree of its own the shell writes one file, {SAMPLE_FILE}, and a check looks
        whether it is there. Your checkout stays as it is.
      </p>
      <p className="py-3">
        <Button look="ink" aria-disabled={start.isPending} onClick={start.isPending ? undefined : () => start.mutate()}>
          {start.isPending ? 'Starting…' : runId === null ? 'Run the sample' : 'Run it again'}
        </Button>
      </p>
      {start.error === null ? null : (
        <FailureNote failure={failureOf(start.error)} effect="The sample did not start." />
      )}
      {runId === null ? null : (
        <Answer asked={step} what={`run ${runId}`}>
          {([first]) =>
            first === undefined ? (
              <EmptyNote>Run {runId} has no step. Run the sample again.</EmptyNote>
            ) : (
              <SampleProgress key={first.id} step={first} />
            )
          }
        </Answer>
      )}
    </Region>
  );
}
