import type { ReactNode } from 'react';
import type { ClientAttempt } from '../../../contract/client/client-attempt.ts';
import { plural } from '../../words/format-number.ts';
import type { StepFacts } from './use-step.ts';

interface StepWhyProps {
  readonly facts: StepFacts;
  readonly attempt: ClientAttempt | null;
}

/** What was measured, and beside it, apart from it, what the agent says. */
export function StepWhy({ facts: { step, result }, attempt }: StepWhyProps) {
  const checks = result.validations;
  const passed = checks.filter(({ hasPassed }) => hasPassed).length;
  const files = attempt?.filesChanged.length ?? 0;
  const claim = attempt === null || attempt.invocation === null ? '' : attempt.summary;
  // The reason of a completed step is what its agent said: a claim, which is no cause.
  const cause = step.statusReason === claim ? '' : step.statusReason;
  return (
    <dl className="grid grid-cols-[6rem_minmax(0,1fr)] gap-x-3 border-l-3 border-line pl-3">
      {cause === '' ? null : <Fact name="Why">{cause}</Fact>}
      <Fact name="Measured">
        {plural(files, 'file')} changed,{' '}
        {checks.length === 0 ? 'no checks declared' : `checks ${passed} of ${checks.length} passed`}
        {attempt?.exitCode === null || attempt?.exitCode === undefined ? '' : `, exit ${attempt.exitCode}`}
      </Fact>
      {claim === '' ? null : (
        <Fact name="Agent says">
          <span className="line-clamp-3 whitespace-pre-wrap">{claim}</span>
        </Fact>
      )}
    </dl>
  );
}

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <>
    <dt className="text-ink-3">{name}</dt>
    <dd>{children}</dd>
  </>
);
