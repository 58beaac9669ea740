import { EmptyNote } from '../../parts/empty-note.tsx';
import { Region } from '../../parts/region.tsx';
import type { StepTabProps } from './step-tab-props.ts';

/** The result in plain words. */
export function StepResult({ facts: { step, result }, attempt }: StepTabProps) {
  return (
    <>
      <Region heading="Task">
        <p className="whitespace-pre-wrap">{step.goal}</p>
      </Region>
      {result.summary === '' ? null : (
        <Region heading={attempt?.invocation === null ? 'Summary' : 'Agent says'}>
          <p className="whitespace-pre-wrap">{result.summary}</p>
        </Region>
      )}
      <List heading="Questions of the agent" entries={result.questions} />
      <List heading="Warnings" entries={result.warnings} />
      <Region heading="Files changed">
        {result.filesChanged.length === 0 ? (
          <EmptyNote>No file was changed.</EmptyNote>
        ) : (
          <ul className="font-mono text-log">
            {result.filesChanged.map((path) => (
              <li key={path}>{path}</li>
            ))}
          </ul>
        )}
      </Region>
    </>
  );
}

function List({ heading, entries }: { readonly heading: string; readonly entries: readonly string[] }) {
  if (entries.length === 0) return null;
  return (
    <Region heading={heading}>
      <ul className="list-disc pl-5">
        {entries.map((entry) => (
          <li key={entry}>{entry}</li>
        ))}
      </ul>
    </Region>
  );
}
