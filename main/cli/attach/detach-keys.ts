/** Ctrl-], as telnet has it: few programs want it for themselves. */
const ESCAPE = 0x1d;
const DETACH = 'd'.charCodeAt(0);

export const DETACH_KEYS = 'Ctrl-] then d';

export interface ReadKeys {
  /** What is for the program. */
  readonly typed: Uint8Array<ArrayBuffer>;
  /** What came after it is for nobody. */
  readonly isDetached: boolean;
}

/** Finds the keys that detach, also when they come apart. Ctrl-] twice is one for the program. */
export function createKeyReader(): (keys: Uint8Array) => ReadKeys {
  let isEscaped = false;
  return (keys) => {
    const typed: number[] = [];
    for (const key of keys) {
      if (isEscaped && key === DETACH) return { typed: Uint8Array.from(typed), isDetached: true };
      if (isEscaped && key !== ESCAPE) typed.push(ESCAPE);
      if (isEscaped || key !== ESCAPE) typed.push(key);
      isEscaped = !isEscaped && key === ESCAPE;
    }
    return { typed: Uint8Array.from(typed), isDetached: false };
  };
}
