/** What lets this page in: a token of its own, which the daemon can take back. */
export interface Session {
  readonly token: string;
}

/** Where a page keeps its session: as long as its tab lives, and nowhere else. */
export interface SessionKeeper {
  readonly read: () => Session | null;
  readonly keep: (session: Session) => void;
  readonly forget: () => void;
}

export function sessionKeeper(storage: Storage, instancePath: string): SessionKeeper {
  const key = `codencer-session:${instancePath}`;
  return {
    read: () => {
      const token = storage.getItem(key);
      return token === null ? null : { token };
    },
    keep: ({ token }) => storage.setItem(key, token),
    forget: () => storage.removeItem(key),
  };
}
