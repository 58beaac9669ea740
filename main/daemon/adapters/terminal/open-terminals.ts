import { err, type Result } from '../../../../contract/result.ts';
import type { TerminalProcess } from './start-in-terminal.ts';
import { type TerminalSize, USUAL_SIZE } from './terminal-size.ts';
import type { TypingProblem } from './type-into.ts';

/** The terminal of one attempt, over all programs that run in it one after another. */
export interface AttemptTerminal {
  readonly type: (bytes: Uint8Array) => Promise<Result<void, TypingProblem>>;
  /** Also of the programs to come. */
  readonly resize: (size: TerminalSize) => void;
  /** Who has typed since it was opened, as the caller names them. */
  readonly typists: Set<string>;
}

/** What its executor has of it. */
export interface OwnTerminal {
  readonly size: () => TerminalSize;
  readonly isNow: (program: TerminalProcess) => void;
  readonly close: () => void;
}

/** The terminals that somebody can type into now, by their attempts. */
export interface OpenTerminals {
  readonly open: (attemptId: string) => OwnTerminal;
  readonly find: (attemptId: string) => AttemptTerminal | null;
}

export function createOpenTerminals(): OpenTerminals {
  const open = new Map<string, AttemptTerminal>();
  return {
    find: (attemptId) => open.get(attemptId) ?? null,
    open(attemptId) {
      let size = USUAL_SIZE;
      let program: TerminalProcess | null = null;
      open.set(attemptId, {
        typists: new Set(),
        type: async (bytes) => program?.type(bytes) ?? err({ sentence: 'it runs no program yet', typedBytes: 0 }),
        resize(wanted) {
          size = wanted;
          program?.resize(wanted);
        },
      });
      return {
        size: () => size,
        isNow: (started) => {
          program = started;
          started.resize(size); // it may have been changed while the program was being started
        },
        close: () => open.delete(attemptId),
      };
    },
  };
}
