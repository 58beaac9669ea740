import { CircleCheck, CircleDashed, CircleX, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { Tone } from '../words/states.ts';
import { TONE_TEXT } from './state-mark.tsx';

/** What a look at something came to. */
export type VerdictKind = 'good' | 'doubtful' | 'bad' | 'absent';

const LOOK: Readonly<Record<VerdictKind, { readonly icon: LucideIcon; readonly tone: Tone }>> = {
  good: { icon: CircleCheck, tone: 'done' },
  doubtful: { icon: TriangleAlert, tone: 'warn' },
  bad: { icon: CircleX, tone: 'fail' },
  absent: { icon: CircleDashed, tone: 'idle' },
};

export function Verdict({ kind, children }: { readonly kind: VerdictKind; readonly children: string }) {
  const { icon: Icon, tone } = LOOK[kind];
  return (
    <span className={`inline-flex items-center gap-1 align-middle whitespace-nowrap ${TONE_TEXT[tone]}`}>
      <Icon aria-hidden size={16} strokeWidth={1.62} className="shrink-0" />
      {children}
    </span>
  );
}
