import { SeenText } from '../../parts/seen-text.tsx';
import { TONE_TEXT } from '../../parts/state-mark.tsx';
import { Lasting } from '../../parts/when.tsx';
import { RawText } from './agent-text.tsx';
import { callVerb, callWords } from './call-words.ts';
import { Entry, type EntryViewProps } from './entry.tsx';
import { Fold } from './fold.tsx';
import { type CallEntry, isCallOpen } from './transcript.ts';

/** One use of a tool: what for, how it went, and folded, what it was given and gave back. */
export function CallView({ call, isAgentLive, isOpen, onFold }: EntryViewProps & { readonly call: CallEntry }) {
  const words = callWords(call, isAgentLive);
  const { icon: Icon } = words;
  const isRunning = isCallOpen(call) && isAgentLive;
  return (
    <Entry atMs={call.atMs} tone={words.tone} rail={words.rail}>
      <Fold
        isOpen={isOpen}
        onFold={(open) => onFold(call.id, open)}
        summary={
          <>
            <span className="shrink-0">{callVerb(call)}</span>
            <span className="min-w-0 grow truncate font-mono text-log text-ink-2">
              <SeenText text={call.title.split('\n', 1)[0] ?? ''} />
            </span>
            <span className={`inline-flex shrink-0 items-center gap-1 ${TONE_TEXT[words.tone]}`}>
              <Icon aria-hidden size={16} strokeWidth={1.62} />
              {words.label}
              {call.exitCode === null || call.exitCode === 0 ? '' : `, exit ${call.exitCode}`}
            </span>
            {call.endedAtMs === null && !isRunning ? null : <Lasting fromMs={call.atMs} toMs={call.endedAtMs} />}
          </>
        }
      >
        <dl className="grid gap-1">
          <Part name="What for" text={call.title} />
          <Part name="Input" text={call.input === call.title ? '' : call.input} />
          <Part name="Output" text={call.output} />
        </dl>
        {call.input === '' && call.output === '' ? <p className="text-ink-3">Nothing more was told of it.</p> : null}
      </Fold>
    </Entry>
  );
}

function Part({ name, text }: { readonly name: string; readonly text: string }) {
  if (text === '') return null;
  return (
    <div>
      <dt className="text-meta text-ink-3">{name}</dt>
      <dd>
        <RawText text={text} />
      </dd>
    </div>
  );
}
