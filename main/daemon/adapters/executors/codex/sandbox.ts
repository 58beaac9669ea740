const SANDBOXES = ['read-only', 'workspace-write', 'danger-full-access'] as const;
type Sandbox = (typeof SANDBOXES)[number];

export const SANDBOX_WORDS = SANDBOXES.join(', ');

/** How far Codex's own sandbox lets its tools reach. */
export const isSandbox = (word: string): word is Sandbox => SANDBOXES.some((sandbox) => sandbox === word);
