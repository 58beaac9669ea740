/**
 * Whether a session can be gone on with by this name. It becomes an argument of the vendor's program, and any command that
 * an agent runs can write into its stream: `--dangerously-skip-permissions` is no session.
 */
export const isSessionName = (session: string): boolean => /^[A-Za-z0-9_][^\s\p{C}]{0,255}$/u.test(session);
