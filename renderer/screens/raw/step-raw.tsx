import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'wouter';
import { getAttempt } from '../../../contract/client/attempt-routes.ts';
import type { JsonValue } from '../../../contract/client/json-value.ts';
import { getStep, getStepResult } from '../../../contract/client/step-routes.ts';
import { useConnection } from '../../api/instance-context.ts';
import { keys } from '../../api/query-keys.ts';
import { unwrap } from '../../api/unwrap.ts';
import { Button } from '../../parts/button.tsx';
import { copyText } from '../../parts/copy-text.ts';
import { Field, Select } from '../../parts/field.tsx';
import { Answer } from '../../parts/region.tsx';
import { RowList } from '../artifacts/row-list.tsx';
import { splitRows } from '../artifacts/split-rows.ts';
import type { StepTabProps } from '../step/step-tab-props.ts';

const DOCUMENTS = [
  { value: 'step', label: 'The step' },
  { value: 'attempt', label: 'The attempt' },
  { value: 'result', label: 'The result' },
] as const;

/** What the daemon answers, as it answers it: for programs, and for whoever writes one. */
export function StepRaw({ facts: { step }, attempt }: StepTabProps) {
  const connection = useConnection();
  const [search, setSearch] = useSearchParams();
  const wanted = search.get('document') ?? 'step';
  const attemptId = attempt?.id ?? null;
  const raw = useQuery({
    queryKey: [...keys.step(step.id), 'raw', attemptId],
    queryFn: async ({ signal }) => {
      const [ofStep, ofAttempt, ofResult] = await Promise.all([
        unwrap(getStep(connection, step.id)),
        attemptId === null ? null : unwrap(getAttempt(connection, attemptId)),
        unwrap(getStepResult(connection, step.id, signal)),
      ]);
      return { step: ofStep.json, attempt: ofAttempt?.json ?? null, result: ofResult.json };
    },
  });
  const choose = (document: string): void =>
    setSearch((before) => {
      const after = new URLSearchParams(before);
      after.set('document', document);
      return after;
    });
  return (
    <Answer asked={raw} what="the documents of this step">
      {(documents) => {
        const { value, label } = DOCUMENTS.find((one) => one.value === wanted) ?? DOCUMENTS[0];
        return <Shown label={label} wanted={value} json={documents[value]} onChoose={choose} />;
      }}
    </Answer>
  );
}

interface ShownProps {
  readonly label: string;
  readonly wanted: string;
  readonly json: JsonValue;
  readonly onChoose: (document: string) => void;
}

function Shown({ label, wanted, json, onChoose }: ShownProps) {
  const text = JSON.stringify(json, null, 2);
  return (
    <>
      <div className="flex items-end gap-3 py-2">
        <Field label="Document">
          <Select value={wanted} onChange={onChoose} options={DOCUMENTS} />
        </Field>
        <Button onClick={() => void copyText(text, label.toLowerCase())}>Copy JSON</Button>
      </div>
      <RowList label={label} rows={splitRows(text)} />
    </>
  );
}
