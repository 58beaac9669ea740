import type { ClientGate } from '../../../contract/client/client-gate.ts';
import { SeenText } from '../../parts/seen-text.tsx';
import { gateSubject } from '../../words/gate-words.ts';
import type { DecisionState } from './decision-state.ts';
import { type Around, noticeSentence } from './notice-sentence.ts';

interface CardNoticeProps extends Around {
  readonly state: DecisionState;
}

export function CardNotice({ state, ...around }: CardNoticeProps) {
  const sentence = noticeSentence(state, around);
  if (sentence === '') return null;
  const { notice, gate, phase } = state;
  return (
    <div className="border-l-4 border-double border-edge bg-sunken px-3 py-2">
      <p className="font-semibold">{sentence}</p>
      {phase.kind === 'closed' && gate.reason !== '' ? (
        <p className="text-ink-2">
          Reason: <SeenText text={gate.reason} />
        </p>
      ) : null}
      {notice?.kind === 'changed' ? <OldAndNew before={notice.before} after={gate} /> : null}
    </div>
  );
}

function OldAndNew({ before, after }: { readonly before: ClientGate; readonly after: ClientGate }) {
  return (
    <dl className="grid grid-cols-[4rem_minmax(0,1fr)] gap-x-3 pt-1 font-mono text-log">
      <dt className="font-sans text-ink-3">Before</dt>
      <dd className="bg-del wrap-anywhere whitespace-break-spaces">
        <SeenText text={gateSubject(before)} />
      </dd>
      <dt className="font-sans text-ink-3">Now</dt>
      <dd className="bg-add wrap-anywhere whitespace-break-spaces">
        <SeenText text={gateSubject(after)} />
      </dd>
    </dl>
  );
}
