import type { ClientActivity } from '../../contract/client/client-activity.ts';
import { paint } from './state-tone.ts';
import { printable, type Screen } from './terminal.ts';

export interface SpokenText {
  /** What the agent says, or thinks, which is dimmed; pieces of one kind go on where the last one ended. */
  readonly speak: (spoken: ClientActivity) => string;
  /** What ends the line that was begun, so that something else can follow. */
  readonly close: () => string;
}

export function createSpokenText(screen: Screen): SpokenText {
  let openKind: string | null = null;
  let isAtLineStart = true;

  const close = (): string => {
    const ending = isAtLineStart ? '' : '\n';
    openKind = null;
    isAtLineStart = true;
    return ending;
  };
  return {
    close,
    speak({ kind, text, isDelta }) {
      const isGoingOn = isDelta && openKind === kind;
      const before = isGoingOn ? '' : close();
      const said = printable(text);
      if (said !== '') isAtLineStart = said.endsWith('\n');
      openKind = isDelta ? kind : null;
      const words = isGoingOn || kind !== 'thought' ? said : `thinks: ${said}`;
      return `${before}${paint(screen, kind === 'thought' ? 'idle' : null, words)}${isDelta ? '' : close()}`;
    },
  };
}
