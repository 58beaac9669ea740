import { useQuery } from '@tanstack/react-query';
import type { ClientArtifact } from '../../../contract/client/client-artifact.ts';
import { listStepArtifacts } from '../../../contract/client/step-routes.ts';
import { useConnection } from '../../api/instance-context.ts';
import { keys } from '../../api/query-keys.ts';
import { unwrapView } from '../../api/unwrap.ts';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Answer, Region } from '../../parts/region.tsx';
import { JsonView } from '../artifacts/json-view.tsx';
import { TextView } from '../artifacts/text-view.tsx';
import type { StepTabProps } from '../step/step-tab-props.ts';
import { InstructionFiles } from './instruction-files.tsx';
import { runFacts, salvageFacts } from './provenance-facts.tsx';

/** Where an attempt came from: what was asked, on what, by which program. */
export function StepProvenance({ facts: { step }, attempt }: StepTabProps) {
  const connection = useConnection();
  const artifacts = useQuery({
    queryKey: keys.stepArtifacts(step.id),
    queryFn: () => unwrapView(listStepArtifacts(connection, step.id)),
  });
  if (attempt === null)
    return <EmptyNote>Nothing was tried yet. What was asked is kept with the first attempt.</EmptyNote>;
  return (
    <>
      <Region heading="Run as">
        <Facts facts={runFacts(attempt)} />
      </Region>
      {attempt.invocation === null ? null : (
        <Region heading="Command line">
          <Argv argv={attempt.invocation.argv} />
        </Region>
      )}
      <Region heading="Saved work">
        <Facts facts={salvageFacts(attempt)} />
      </Region>
      <Answer asked={artifacts} what="what was submitted">
        {(all) => <Submission files={all.filter(({ attemptId }) => attemptId === attempt.id)} />}
      </Answer>
    </>
  );
}

const Argv = ({ argv }: { readonly argv: readonly string[] }) => (
  <>
    <p className="pb-1 text-ink-2">One argument a line. Secrets are masked.</p>
    <ol className="overflow-auto border border-line bg-sunken p-2 font-mono text-log">
      {argv.map((argument, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the place is what an argument is known by
        <li key={index} className="whitespace-pre-wrap wrap-anywhere">
          {argument}
        </li>
      ))}
    </ol>
  </>
);

function Submission({ files }: { readonly files: readonly ClientArtifact[] }) {
  const original = files.find(({ name }) => name.startsWith('original-input.'));
  const task = files.find(({ name }) => name === 'normalized-task.json');
  const instructions = files.find(({ name }) => name === 'instructions.json');
  if (task === undefined) {
    return <EmptyNote>What was submitted is listed here when the attempt has ended.</EmptyNote>;
  }
  return (
    <>
      <Region heading="As it was submitted">
        {original === undefined ? (
          <EmptyNote>It came as the task itself.</EmptyNote>
        ) : (
          <>
            <p className="pb-1 text-ink-2">Word for word.</p>
            <TextView artifact={original} />
          </>
        )}
      </Region>
      <Region heading="As it was understood">
        <JsonView artifact={task} />
      </Region>
      <Region heading="Instruction files">
        {instructions === undefined ? (
          <EmptyNote>They were not recorded.</EmptyNote>
        ) : (
          <InstructionFiles artifact={instructions} />
        )}
      </Region>
    </>
  );
}
