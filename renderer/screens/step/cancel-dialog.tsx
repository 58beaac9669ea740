import { useState } from 'react';
import { cancelStep } from '../../../contract/client/step-routes.ts';
import { useConnection } from '../../api/instance-context.ts';
import { unwrap } from '../../api/unwrap.ts';
import { Field, TextInput } from '../../parts/field.tsx';
import { ActionDialog } from './action-dialog.tsx';
import type { StepActionProps } from './step-action-props.ts';

/** Ends a step that runs or waits. */
export function CancelDialog({ facts: { step }, onClose, onDone }: StepActionProps) {
  const connection = useConnection();
  const [reason, setReason] = useState('');
  const name = step.title || step.id;
  return (
    <ActionDialog
      title={`Cancel ${name}?`}
      stay="Keep step"
      go="Cancel step"
      look="risky"
      missing={null}
      done={`${name} is cancelled`}
      send={() => unwrap(cancelStep(connection, step.id, reason.trim()))}
      onClose={onClose}
      onDone={onDone}
    >
      <p>{effectOf(step.state)} You can retry it later.</p>
      <div className="pt-2 text-ink">
        <Field label="Reason, for the record">
          <TextInput value={reason} onChange={setReason} />
        </Field>
      </div>
    </ActionDialog>
  );
}

function effectOf(state: string): string {
  if (state === 'pending') return 'It waits to start and will not.';
  if (state === 'needs_approval') return 'Its gate is withdrawn. Its work is kept.';
  return state === 'needs_manual_attention' ? 'Its work is kept.' : 'Its processes are stopped now. Its work is saved.';
}
