import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useDeferredValue, useRef, useState } from 'react';
import { Link, useLocation, useParams, useSearchParams } from 'wouter';
import type { JsonObject } from '../../../contract/client/json-value.ts';
import { submitStepOnce } from '../../../contract/client/run-routes.ts';
import { useConnection } from '../../api/instance-context.ts';
import { keys } from '../../api/query-keys.ts';
import { failureOf } from '../../api/request-error.ts';
import { unwrapView } from '../../api/unwrap.ts';
import { announce } from '../../app/announcements.ts';
import { useNamedSubject } from '../../app/screen-subject.ts';
import { Button } from '../../parts/button.tsx';
import { failureWords } from '../../words/failure-words.ts';
import { cliCommand } from './cli-command.ts';
import { CommandView } from './command-view.tsx';
import { NO_DRAFT, useDrafts } from './drafts.ts';
import { parseTask } from './parse-task.ts';
import { TaskFields } from './task-fields.tsx';
import { type FormField, problemsOf, taskOf } from './task-form.ts';
import { TaskText } from './task-text.tsx';
import { usePendingTask } from './use-pending-task.ts';
import { withOrigin } from './with-origin.ts';

/** Hands a task over to a run: as a form, or written out. */
export function Submit() {
  const { run: runId = '' } = useParams();
  const [search, setSearch] = useSearchParams();
  const isText = search.get('as') === 'task';
  const draft = useDrafts(({ byRun }) => byRun[runId]) ?? NO_DRAFT;
  const { change } = useDrafts.getState();
  const [wasTried, setTried] = useState(false);
  const { form, text } = draft;
  const problems = problemsOf(form);
  const written = usePendingTask(useDeferredValue(text), runId);
  const submission = useSubmission(runId);
  useNamedSubject(`Submit a step to ${runId}`);

  const task: JsonObject | null = isText ? (written?.ok === true ? written.value : null) : taskOf(form);
  const isReady = task !== null && (isText || problems.size === 0);
  const submit = async (): Promise<void> => {
    setTried(true);
    const parsed = isText ? await parseTask(text, runId) : null;
    const sent = parsed === null ? taskOf(form) : parsed.ok ? parsed.value : null;
    if (sent === null || (!isText && problems.size > 0)) announce('Not submitted: see what is missing');
    else submission.mutate(withOrigin(sent, { draft, isText }));
  };
  return (
    <div className="flex flex-col gap-4 pb-8">
      <h1>
        <Link href={`/runs/${encodeURIComponent(runId)}`} className="text-accent">
          {runId}
        </Link>{' '}
        / Submit a step
      </h1>
      <div role="group" aria-label="How the task is given" className="flex gap-2">
        <Button aria-pressed={!isText} look={isText ? 'plain' : 'ink'} onClick={() => setSearch({})}>
          Form
        </Button>
        <Button aria-pressed={isText} look={isText ? 'ink' : 'plain'} onClick={() => setSearch({ as: 'task' })}>
          YAML or JSON
        </Button>
      </div>
      {isText ? (
        <TaskText
          text={text}
          problem={written?.ok === false && (text !== '' || wasTried) ? written.error : undefined}
          onChange={(next, fileName = '') => change(runId, { text: next, fileName })}
        />
      ) : (
        <TaskFields
          form={form}
          problems={wasTried ? problems : without(problems, 'goal')}
          onChange={(next) => change(runId, { form: { ...form, ...next } })}
          onRead={(goal, fileName) => change(runId, { form: { ...form, goal }, fileName })}
        />
      )}
      <SubmitBar
        isBusy={submission.isPending}
        isReady={isReady}
        error={submission.error}
        onSubmit={() => void submit()}
      />
      {task === null || !isReady ? null : (
        <CommandView command={cliCommand(runId, { task, form: isText ? null : form })} />
      )}
    </div>
  );
}

const without = (problems: ReadonlyMap<FormField, string>, field: FormField): ReadonlyMap<FormField, string> =>
  new Map([...problems].filter(([name]) => name !== field));

/** However often it is pressed and sent again, one step comes of one text. */
function useSubmission(runId: string) {
  const connection = useConnection();
  const queries = useQueryClient();
  const [, go] = useLocation();
  const sent = useRef({ text: '', key: '' });
  return useMutation({
    mutationFn: (task: JsonObject) => {
      const text = JSON.stringify(task);
      if (sent.current.text !== text) sent.current = { text, key: crypto.randomUUID() };
      return unwrapView(submitStepOnce(connection, runId, { task, idempotencyKey: sent.current.key }));
    },
    onSuccess: (step) => {
      useDrafts.getState().forget(runId);
      announce(`Submitted: ${step.title || step.id}`);
      void queries.invalidateQueries({ queryKey: keys.run(runId) });
      go(`/steps/${encodeURIComponent(step.id)}`);
    },
  });
}

interface SubmitBarProps {
  readonly isBusy: boolean;
  readonly isReady: boolean;
  readonly error: Error | null;
  readonly onSubmit: () => void;
}

function SubmitBar({ isBusy, isReady, error, onSubmit }: SubmitBarProps) {
  const problem = error === null ? null : failureWords(failureOf(error));
  return (
    <div className="max-w-3xl">
      {problem === null ? null : (
        <p role="alert" className="mb-2 border-l-4 border-double border-fail bg-panel px-3 py-1.5">
          Task not accepted: {problem.cause} {problem.next}
        </p>
      )}
      <div className="flex items-center gap-3">
        <Button look="ink" aria-disabled={isBusy} onClick={isBusy ? undefined : onSubmit}>
          {isBusy ? 'Sending…' : 'Submit step'}
        </Button>
        <span className="text-ink-2">{isReady ? 'It is recorded, then waits for its turn.' : ''}</span>
      </div>
    </div>
  );
}
