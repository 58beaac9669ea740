import { EmptyNote } from '../../parts/empty-note.tsx';
import type { StepTabProps } from '../step/step-tab-props.ts';
import { TerminalView } from './terminal-view.tsx';

/** The terminal of an attempt that has one. */
export function TerminalTab({ attempt }: StepTabProps) {
  if (attempt === null) return <EmptyNote>Nothing was tried yet, so there is no terminal.</EmptyNote>;
  return <TerminalView key={attempt.id} attemptId={attempt.id} mayStart={attempt.endedAtMs === null} />;
}
