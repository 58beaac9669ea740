import { useMemo, useState } from 'react';
import { toast } from 'sonner';
import { type ChangeSubject, openChanges } from '../../../contract/client/changes-routes.ts';
import type { ClientAttempt } from '../../../contract/client/client-attempt.ts';
import type { ClientChanges } from '../../../contract/client/client-changes.ts';
import { useConnection } from '../../api/instance-context.ts';
import { Button } from '../../parts/button.tsx';
import { copyText } from '../../parts/copy-text.ts';
import { failureWords } from '../../words/failure-words.ts';
import type { StepFacts } from '../step/use-step.ts';
import { AskChanges } from './ask-changes.tsx';
import { BringDialog } from './bring-dialog.tsx';
import { MoreMenu } from './more-menu.tsx';
import { useNotes } from './notes.ts';

interface ChangesActionsProps {
  readonly facts: StepFacts;
  readonly attempt: ClientAttempt;
  readonly subject: ChangeSubject;
  readonly changes: ClientChanges;
  /** The path of the file that is looked at. */
  readonly here: string;
}

/** What can be done with what an attempt changed. */
export function ChangesActions({ facts, attempt, subject, changes, here }: ChangesActionsProps) {
  const connection = useConnection();
  const [asked, setAsked] = useState<'changes' | 'bring' | null>(null);
  const all = useNotes(({ notes }) => notes);
  const notes = useMemo(() => all.filter(({ stepId }) => stepId === facts.step.id), [all, facts.step.id]);
  const copyPatch = async (): Promise<void> => {
    const patch = await openChanges(connection, subject);
    if (patch.ok) await copyText(await patch.value.text(), 'patch');
    else toast.error(`Patch not copied. ${failureWords(patch.error).cause}`);
  };
  const close = (): void => setAsked(null);
  return (
    <>
      <MoreMenu attempt={attempt} here={here} onCopyPatch={() => void copyPatch()} onBring={() => setAsked('bring')} />
      <Button look={notes.length > 0 ? 'ink' : 'plain'} onClick={() => setAsked('changes')}>
        Ask for changes{notes.length === 0 ? '' : ` (${notes.length})`}…
      </Button>
      {asked === 'bring' ? <BringDialog attemptId={attempt.id} onClose={close} /> : null}
      {asked === 'changes' ? (
        <AskChanges facts={facts} notes={notes} baseRef={changes.toCommit} onClose={close} />
      ) : null}
    </>
  );
}
