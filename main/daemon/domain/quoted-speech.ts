import type { Activity } from '../../../contract/activity.ts';
import { inert, LINE_END } from './markdown-text.ts';

type Spoken = Extract<Activity, { kind: 'message' | 'thought' }>;

/** What an agent says, quoted piece by piece: no line of it can pass for a heading of ours, and nothing of it acts. */
export interface QuotedSpeech {
  readonly speak: (spoken: Spoken) => string;
  /** What ends the quotation that was begun, so that something else can follow. */
  readonly close: () => string;
}

const HEADINGS: Readonly<Record<Spoken['kind'], string>> = { message: 'Agent', thought: 'Agent, to itself' };

export function createQuotedSpeech(): QuotedSpeech {
  let openKind: Spoken['kind'] | null = null;
  let isAtLineStart = true;
  let lastCharacter = '';

  const close = (): string => {
    const ending = openKind === null ? '' : isAtLineStart ? '\n' : '\n\n';
    openKind = null;
    isAtLineStart = true;
    lastCharacter = '';
    return ending;
  };
  const quote = (text: string): string => {
    const lines = inert(text, lastCharacter).split(LINE_END);
    lastCharacter = text.at(-1) ?? '';
    const quoted = lines.map((line, index) => (index > 0 || isAtLineStart ? `> ${line}` : line)).join('\n');
    isAtLineStart = lines.at(-1) === '';
    // A line that only begins is begun with its first letter, or the quote mark would stand for nothing.
    return isAtLineStart ? quoted.slice(0, -'> '.length) : quoted;
  };
  return {
    close,
    speak({ kind, text, isDelta }) {
      const heading = text === '' || openKind === kind ? '' : `${close()}### ${HEADINGS[kind]}\n\n`;
      if (text !== '') openKind = kind;
      const quoted = text === '' ? '' : quote(text);
      return `${heading}${quoted}${isDelta ? '' : close()}`;
    },
  };
}
