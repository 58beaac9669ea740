import { useId, useState } from 'react';
import type { ClientArtifact } from '../../../contract/client/client-artifact.ts';
import type { ClientValidation } from '../../../contract/client/client-validation.ts';
import { Button } from '../../parts/button.tsx';
import { Rail } from '../../parts/rail.tsx';
import { SeenText } from '../../parts/seen-text.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import { formatBytes } from '../../words/format-number.ts';
import { formatDuration } from '../../words/format-time.ts';
import { stateWords } from '../../words/states.ts';
import { TextView } from '../artifacts/text-view.tsx';
import { type CheckOutput, checkState, outputsOf } from './check-words.ts';

interface CheckEntryProps {
  readonly check: ClientValidation;
  readonly artifacts: readonly ClientArtifact[];
}

/** One check: what was run, how it ended, and what it printed when somebody wants to see it. */
export function CheckEntry({ check, artifacts }: CheckEntryProps) {
  const state = checkState(check);
  const { rail, tone } = stateWords('check', state);
  const outputs = outputsOf(check, artifacts);
  return (
    <li className="flex gap-3 border-t border-line">
      <Rail rail={rail} tone={tone} />
      <div className="min-w-0 grow py-2">
        <div className="flex flex-wrap items-center gap-x-4">
          <h2 className="text-body">{check.name}</h2>
          <StateMark noun="check" state={state} />
          <span className="text-ink-2">{check.isRequired ? 'Required' : 'Not required'}</span>
          {check.exitCode === null ? null : <span className="font-mono text-log">exit {check.exitCode}</span>}
          {state === 'not_run' ? null : <span className="font-mono text-log">{formatDuration(check.durationMs)}</span>}
        </div>
        <pre className="py-1 whitespace-pre-wrap wrap-anywhere text-ink-2">
          <SeenText text={check.command} />
        </pre>
        {check.error === '' ? null : <p className="py-1">{check.error}</p>}
        {outputs.length === 0 ? (
          <p className="text-ink-3">{state === 'not_run' ? 'It was not run.' : 'It printed nothing that is kept.'}</p>
        ) : (
          outputs.map((output) => <Output key={output.name} output={output} isOpen={state !== 'passed'} />)
        )}
      </div>
    </li>
  );
}

/** Open from the start where somebody will want to know why. */
function Output({ output: { name, artifact }, isOpen }: { readonly output: CheckOutput; readonly isOpen: boolean }) {
  const [isShown, setShown] = useState(isOpen);
  const id = useId();
  return (
    <>
      <Button
        look="bare"
        className="pl-0"
        aria-expanded={isShown}
        aria-controls={id}
        onClick={() => setShown(!isShown)}
      >
        {isShown ? 'Hide' : 'Show'} {name.toLowerCase()} ({formatBytes(artifact.sizeBytes)})
      </Button>
      <div id={id}>{isShown ? <TextView artifact={artifact} /> : null}</div>
    </>
  );
}
