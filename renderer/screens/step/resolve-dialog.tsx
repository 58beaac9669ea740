import { useState } from 'react';
import { resolveStep } from '../../../contract/client/step-routes.ts';
import { useConnection } from '../../api/instance-context.ts';
import { unwrap } from '../../api/unwrap.ts';
import { Field, Select, TextInput } from '../../parts/field.tsx';
import { stateWords } from '../../words/states.ts';
import { ActionDialog } from './action-dialog.tsx';
import type { StepActionProps } from './step-action-props.ts';
import { RESOLUTIONS } from './step-moves.ts';

/** A person says what really happened. None is preset: it is a decision. */
export function ResolveDialog({ facts: { step }, onClose, onDone }: StepActionProps) {
  const connection = useConnection();
  const [as, setAs] = useState('');
  const [reason, setReason] = useState('');
  const name = step.title || step.id;
  const label = as === '' ? '…' : stateWords('step', as).label;
  return (
    <ActionDialog
      title={`Mark ${name} ${label}?`}
      stay="Leave as it is"
      go={as === '' ? 'Mark step' : `Mark step ${label}`}
      look="ink"
      missing={as === '' ? 'Choose a state.' : reason.trim() === '' ? 'Say why.' : null}
      done={`${name} is marked ${label}`}
      send={() => unwrap(resolveStep(connection, step.id, { as, reason: reason.trim() }))}
      onClose={onClose}
      onDone={onDone}
    >
      <p>
        It is {stateWords('step', step.state).label} now. The new state is recorded as your decision; what was measured
        stays as it is.
      </p>
      <div className="flex flex-col gap-2 pt-2 text-ink">
        <Field label="State">
          <Select
            value={as}
            onChange={setAs}
            options={[
              { value: '', label: 'Choose a state' },
              ...RESOLUTIONS.filter((state) => state !== step.state).map((state) => ({
                value: state,
                label: stateWords('step', state).label,
              })),
            ]}
          />
        </Field>
        <Field label="Why">
          <TextInput value={reason} onChange={setReason} />
        </Field>
      </div>
    </ActionDialog>
  );
}
