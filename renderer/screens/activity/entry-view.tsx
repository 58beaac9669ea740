import { FilePen, FilePlus2, FileX2, Info, type LucideIcon, RefreshCw, TriangleAlert } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { Link } from 'wouter';
import { SeenText } from '../../parts/seen-text.tsx';
import { StateMark, TONE_TEXT } from '../../parts/state-mark.tsx';
import { plural } from '../../words/format-number.ts';
import { closedSentence, gateSubject, gateWords } from '../../words/gate-words.ts';
import { stateWords, type Tone } from '../../words/states.ts';
import { AgentText } from './agent-text.tsx';
import { CallView } from './call-view.tsx';
import { Entry, type EntryViewProps } from './entry.tsx';
import { Fold } from './fold.tsx';
import type { GateShown } from './shown-entries.ts';
import type { ChangesEntry, NoteEntry, PlanEntry, RetryEntry, SpokenEntry } from './transcript.ts';
import { retryText } from './usage-text.ts';

/** One thing that an agent did. */
export const EntryView = memo((props: EntryViewProps) => {
  const { entry, isAgentLive, isLast } = props;
  switch (entry.kind) {
    case 'message':
      return (
        <Entry atMs={entry.atMs} tone="idle" rail="solid">
          <AgentText text={entry.text} />
        </Entry>
      );
    case 'thought':
      return <Thought {...props} entry={entry} />;
    case 'call':
      return <CallView {...props} call={entry} />;
    case 'plan':
      return <Plan plan={entry} />;
    case 'changes':
      return <Changes changes={entry} />;
    case 'retry':
      return <Retry retry={entry} isWaiting={isLast && isAgentLive} />;
    case 'note':
      return <Note note={entry} />;
    case 'gate':
      return <GateStop stop={entry} />;
  }
});

function Thought({ entry, isOpen, onFold }: EntryViewProps & { readonly entry: SpokenEntry }) {
  const first = entry.text.trim().split('\n', 1)[0] ?? '';
  return (
    <Entry atMs={entry.atMs} tone="idle" rail="dotted">
      <Fold
        isOpen={isOpen}
        onFold={(open) => onFold(entry.id, open)}
        summary={
          <span className="min-w-0 truncate text-ink-2">
            Thought: <SeenText text={first.slice(0, 200)} />
          </span>
        }
      >
        <div className="text-ink-2">
          <AgentText text={entry.text} />
        </div>
      </Fold>
    </Entry>
  );
}

const PLAN_WORDS: Readonly<Record<string, string>> = {
  completed: 'Done',
  in_progress: 'Now',
  pending: 'To do',
};

function Plan({ plan: { atMs, steps } }: { readonly plan: PlanEntry }) {
  const done = steps.filter(({ status }) => status === 'completed').length;
  return (
    <Entry atMs={atMs} tone="live" rail="solid">
      <p className="font-semibold">
        Plan, {done} of {steps.length} done
      </p>
      <ul className="grid grid-cols-[3.5rem_minmax(0,1fr)] gap-x-2">
        {steps.map(({ content, status }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two steps of a plan may have the same words
          <li key={index} className="contents">
            <span className={status === 'in_progress' ? 'text-live' : 'text-ink-3'}>
              {PLAN_WORDS[status] ?? status}
            </span>
            <span className={status === 'completed' ? 'text-ink-3' : undefined}>
              <SeenText text={content} />
            </span>
          </li>
        ))}
      </ul>
    </Entry>
  );
}

const CHANGE_WORDS: Readonly<Record<string, { readonly word: string; readonly icon: LucideIcon }>> = {
  add: { word: 'Added', icon: FilePlus2 },
  update: { word: 'Changed', icon: FilePen },
  delete: { word: 'Deleted', icon: FileX2 },
  move: { word: 'Moved', icon: FilePen },
};
const OTHER_CHANGE = { word: 'Touched', icon: FilePen };

const Changes = ({ changes: { atMs, files } }: { readonly changes: ChangesEntry }) => (
  <Entry atMs={atMs} tone="done" rail="solid">
    <p>{plural(files.length, 'file change')}</p>
    <ul>
      {files.map(({ path, change }, index) => {
        const { word, icon: Icon } = CHANGE_WORDS[change] ?? OTHER_CHANGE;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: one file may be changed several times
          <li key={index} className="flex items-center gap-2">
            <Icon aria-hidden size={16} strokeWidth={1.62} className="shrink-0 text-ink-3" />
            <span className="w-16 shrink-0 text-ink-2">{word}</span>
            <span className="min-w-0 font-mono text-log wrap-anywhere">
              <SeenText text={path} />
            </span>
          </li>
        );
      })}
    </ul>
  </Entry>
);

const Retry = ({ retry, isWaiting }: { readonly retry: RetryEntry; readonly isWaiting: boolean }) => (
  <Entry atMs={retry.atMs} tone="infra" rail={isWaiting ? 'dashed' : 'solid'}>
    <IconLine icon={RefreshCw} tone="infra">
      {isWaiting ? retryText(retry) : retryText(retry).replace('Waiting', 'Waited')}
    </IconLine>
    {retry.text === '' ? null : (
      <p className="text-ink-2 wrap-anywhere">
        <SeenText text={retry.text} />
      </p>
    )}
  </Entry>
);

const LEVEL_TONES: Readonly<Record<string, Tone>> = { warning: 'warn', error: 'fail' };

function Note({ note: { atMs, level, text } }: { readonly note: NoteEntry }) {
  const tone = LEVEL_TONES[level] ?? 'idle';
  return (
    <Entry atMs={atMs} tone={tone} rail={tone === 'fail' ? 'double' : 'solid'}>
      <IconLine icon={tone === 'idle' ? Info : TriangleAlert} tone={tone}>
        {tone === 'idle' ? null : <span>{tone === 'fail' ? 'Error: ' : 'Warning: '}</span>}
        <SeenText text={text} />
      </IconLine>
    </Entry>
  );
}

function GateStop({ stop: { atMs, gate } }: { readonly stop: GateShown }) {
  const { rail, tone } = stateWords('gate', gate.state);
  const isOpen = gate.state === 'pending';
  return (
    <Entry atMs={atMs} tone={tone} rail={rail}>
      <div className="flex flex-wrap items-center gap-x-4">
        <span className="font-semibold">{gateWords(gate).title}?</span>
        <StateMark noun="gate" state={gate.state} />
        <Link href={`/inbox/${encodeURIComponent(gate.id)}`} className="inline-flex min-h-6 items-center text-accent">
          {isOpen ? 'Review' : 'Open card'}
        </Link>
      </div>
      <pre className="whitespace-pre-wrap wrap-anywhere">
        <SeenText text={gateSubject(gate)} />
      </pre>
      {isOpen ? null : (
        <p className="text-ink-2">
          {closedSentence(gate, 'unseen')} {gate.reason === '' ? null : <SeenText text={gate.reason} />}
        </p>
      )}
    </Entry>
  );
}

interface IconLineProps {
  readonly icon: LucideIcon;
  readonly tone: Tone;
  readonly children: ReactNode;
}

const IconLine = ({ icon: Icon, tone, children }: IconLineProps) => (
  <p className={`flex items-start gap-2 wrap-anywhere ${TONE_TEXT[tone]}`}>
    <Icon aria-hidden size={16} strokeWidth={1.62} className="mt-0.5 shrink-0" />
    <span className="min-w-0">{children}</span>
  </p>
);
