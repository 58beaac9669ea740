import '@xterm/xterm/css/xterm.css';
import { useEffect, useRef, useState } from 'react';
import { resizeTerminal, typeIntoTerminal } from '../../../contract/client/terminal-routes.ts';
import { useConnection } from '../../api/instance-context.ts';
import { announce } from '../../app/announcements.ts';
import { Button } from '../../parts/button.tsx';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { FailureNote } from '../../parts/failure-note.tsx';
import { useOutsideLink } from '../../parts/outside-link.tsx';
import { failureWords } from '../../words/failure-words.ts';
import { followTerminal, type TerminalLife } from './follow-terminal.ts';
import { openScreen, type TerminalScreen } from './open-screen.ts';
import { TerminalSearch } from './terminal-search.tsx';
import { createTypingQueue } from './typing-queue.ts';

interface TerminalViewProps {
  readonly attemptId: string;
  /** Its program may still be started. */
  readonly mayStart: boolean;
}

/** The terminal of an attempt: to look at, and once one has asked for it, to type into. */
export function TerminalView({ attemptId, mayStart }: TerminalViewProps) {
  const connection = useConnection();
  const host = useRef<HTMLDivElement>(null);
  const typeHere = useRef<HTMLButtonElement>(null);
  const [screen, setScreen] = useState<TerminalScreen | null>(null);
  const [life, setLife] = useState<TerminalLife>({ kind: 'asking' });
  const [isTyping, setIsTyping] = useState(false);
  const [isReadAloud, setIsReadAloud] = useState(false);
  const [trouble, setTrouble] = useState('');
  const { ask, dialog } = useOutsideLink();
  const isStartable = useRef(mayStart);
  useEffect(() => {
    isStartable.current = mayStart;
  }, [mayStart]);

  useEffect(() => {
    if (host.current === null) return;
    const stopping = new AbortController();
    const attachment = crypto.randomUUID();
    const type = createTypingQueue(
      (bytes) => typeIntoTerminal(connection, attemptId, { bytes: Uint8Array.from(bytes), attachment }),
      (failure) => setTrouble(failureWords(failure).cause),
    );
    const opened = openScreen(host.current, {
      onTyped: type,
      onLink: ask,
      onLeave: () => {
        setIsTyping(false);
        typeHere.current?.focus();
      },
    });
    setScreen(opened);
    void followTerminal({
      connection,
      attemptId,
      show: opened.show,
      onLife: setLife,
      mayStart: () => isStartable.current,
      signal: stopping.signal,
    });
    return () => {
      stopping.abort();
      opened.dispose();
      setScreen(null);
    };
  }, [connection, attemptId, ask]);

  const mayType = isTyping && life.kind === 'live';
  useEffect(() => screen?.letType(mayType), [screen, mayType]);
  useEffect(() => screen?.readAloud(isReadAloud), [screen, isReadAloud]);

  const fit = (): void => {
    if (screen === null) return;
    void resizeTerminal(connection, attemptId, screen.fit()).then((resized) => {
      if (!resized.ok) setTrouble(failureWords(resized.error).cause);
    });
  };
  const begin = (): void => {
    setTrouble('');
    setIsTyping(true);
    screen?.focus();
    announce('You type into the program. Ctrl+Shift+Up leaves the terminal.');
  };
  const isThere = life.kind === 'live' || life.kind === 'ended';
  return (
    <div className="flex h-full min-h-48 flex-col gap-2">
      <TerminalNote life={life} mayStart={mayStart} />
      <div hidden={!isThere} className="flex flex-wrap items-center gap-2">
        {life.kind !== 'live' ? null : mayType ? (
          <Button ref={typeHere} onClick={() => setIsTyping(false)}>
            Stop typing
          </Button>
        ) : (
          <Button ref={typeHere} onClick={begin}>
            Type here
          </Button>
        )}
        {life.kind !== 'live' ? null : <Button onClick={fit}>Fit program to window</Button>}
        <span className="text-ink-2">{statusOf(life, mayType)}</span>
        <span className="grow" />
        <TerminalSearch find={screen?.find ?? (() => false)} />
        <label className="flex min-h-7 items-center gap-1.5">
          <input type="checkbox" checked={isReadAloud} onChange={(event) => setIsReadAloud(event.target.checked)} />
          Screen reader
        </label>
      </div>
      {trouble === '' ? null : (
        <p role="status" className="text-fail">
          {trouble}
        </p>
      )}
      <section
        aria-label="Terminal"
        hidden={!isThere}
        className="min-h-0 grow overflow-auto border border-line bg-sunken p-2"
      >
        <div ref={host} className="h-full" />
      </section>
      {dialog}
    </div>
  );
}

const statusOf = (life: TerminalLife, mayType: boolean): string => {
  if (life.kind === 'ended') return 'Its program has ended. This is what it showed.';
  return mayType ? 'You type into the program. Ctrl+Shift+↑ leaves.' : 'You only look.';
};

function TerminalNote({ life, mayStart }: { readonly life: TerminalLife; readonly mayStart: boolean }) {
  switch (life.kind) {
    case 'none':
      return (
        <EmptyNote>
          {mayStart
            ? 'No terminal so far. Most executors write plain output: it is in the log.'
            : 'No terminal: this executor writes plain output. It is in the log.'}
        </EmptyNote>
      );
    case 'failed':
      return <FailureNote failure={life.failure} what="the terminal" />;
    default:
      return null;
  }
}
