import type { FailureClass } from '../../contract/failure-class.ts';
import { GEMINI_MODEL } from './headless.ts';
import { PROGRAMS, type ProgramName } from './programs.ts';

/** What makes an agent do something freely, ask for it, or be denied it. */
export interface Way {
  readonly scenario: string;
  readonly sandbox?: string;
  /** What the profile answers when the agent asks. */
  readonly otherwise?: 'allow' | 'ask';
  /** Whether its own configuration wants it to ask before it edits. */
  readonly canAsk?: boolean;
}

/** Why there is nothing to be tried. */
export interface NotAvailable {
  readonly notAvailable: string;
}

/** An interface of a vendor's program, and how it is told what. */
export interface Transport {
  readonly name: string;
  /** The profile that comes with the daemon, on which everything here is put. */
  readonly shipped: string;
  readonly program: ProgramName;
  /** Whose home it works with. */
  readonly home: ProgramName;
  readonly args: readonly string[];
  readonly model: string | null;
  readonly env: Readonly<Record<string, string>>;
  /** It does what the model wants, without a question. */
  readonly free: Omit<Way, 'scenario'>;
  /** It wants to write a file and asks a person first. */
  readonly asking: Way | NotAvailable;
  /** It wants to write a file and may not: nobody is asked. */
  readonly denied: Way | NotAvailable;
  /** Whether it goes on with a session. */
  readonly resume: 'same id' | NotAvailable;
  /** How long it needs before it finds a session that it has just had. */
  readonly resumesAfterMs: number;
  readonly usage: { readonly hasCost: boolean } | NotAvailable;
  /** What an HTTP 400 of its service comes to. */
  readonly onHttp400: FailureClass;
  /** Calls that no tool understands and of which it tells nobody: then its answer is believed. */
  readonly hides: readonly ('bad-tool' | 'unknown-tool')[];
}

export const isAvailable = <T extends object | string>(cell: T | NotAvailable): cell is T =>
  typeof cell !== 'object' || !('notAvailable' in cell);

const CANNOT_ASK: NotAvailable = { notAvailable: 'has no channel to ask' };
const ASKS: NotAvailable = { notAvailable: 'asks instead' };

type Own = Pick<Transport, 'name' | 'program'> & Partial<Transport>;

const headless = (own: Own): Transport => ({
  shipped: own.name,
  home: own.program,
  args: [],
  model: null,
  env: {},
  free: {},
  asking: CANNOT_ASK,
  denied: { scenario: 'write' },
  resume: 'same id',
  resumesAfterMs: 0,
  usage: { hasCost: false },
  onHttp400: 'model_failed',
  hides: [],
  ...own,
});

const asking = (own: Own): Transport =>
  headless({
    free: { otherwise: 'allow' },
    asking: { scenario: 'write', otherwise: 'ask' },
    denied: ASKS,
    ...own,
  });

const claudeAgent = PROGRAMS['claude-agent-acp'];

/** Every way in which an agent is driven. */
export const TRANSPORTS: readonly Transport[] = [
  asking({
    name: 'claude',
    program: 'claude',
    asking: { scenario: 'write', sandbox: 'default', otherwise: 'ask' },
  }),
  headless({
    name: 'codex-exec',
    shipped: 'codex',
    program: 'codex',
    // Without Codex's own sandbox, which would end a tool with it.
    free: { sandbox: 'danger-full-access' },
    denied: { scenario: 'write', sandbox: 'read-only' },
  }),
  asking({
    name: 'codex-app-server',
    program: 'codex',
    free: { sandbox: 'danger-full-access', otherwise: 'allow' },
    asking: { scenario: 'write', sandbox: 'read-only', otherwise: 'ask' },
  }),
  asking({
    name: 'qwen',
    program: 'qwen',
    model: 'scripted-model',
    asking: { scenario: 'write', sandbox: 'default', otherwise: 'ask' },
  }),
  headless({
    name: 'gemini',
    program: 'gemini',
    model: GEMINI_MODEL,
    free: { sandbox: 'yolo' },
    denied: { notAvailable: 'what is not allowed is not even offered to the model' },
  }),
  headless({
    name: 'opencode',
    program: 'opencode',
    args: ['--pure'],
    model: 'scripted/scripted-model',
    denied: { scenario: 'write', canAsk: true },
    usage: { hasCost: true },
  }),
  asking({ name: 'acp-claude', program: 'claude-agent-acp', usage: { hasCost: true } }),
  asking({
    name: 'acp-codex',
    program: 'codex-acp',
    // It asks for what is outside of its sandbox.
    asking: { scenario: 'escalate', otherwise: 'ask' },
    hides: ['bad-tool', 'unknown-tool'],
  }),
  asking({
    name: 'acp-gemini',
    program: 'gemini',
    args: ['-m', GEMINI_MODEL],
    hides: ['unknown-tool'],
    // It names a session's file by the minute, and writes over it.
    resumesAfterMs: 60_000,
  }),
  asking({
    name: 'acp-qwen',
    program: 'qwen',
    args: ['--auth-type', 'openai', '-m', 'scripted-model'],
  }),
  asking({
    name: 'acp-opencode',
    program: 'opencode',
    asking: { scenario: 'write', otherwise: 'ask', canAsk: true },
    usage: { notAvailable: 'tells only what its last request used' },
  }),
  headless({
    name: 'acpx',
    shipped: 'openclaw-acpx',
    program: 'acpx',
    home: 'claude-agent-acp',
    args: ['--agent', [claudeAgent.program, ...claudeAgent.argvPrefix].join(' ')],
    // As root Claude Code refuses what acpx asks of it, unless it is told that it is in a sandbox.
    env: { IS_SANDBOX: '1' },
    free: { sandbox: 'approve-all' },
    denied: { scenario: 'write', sandbox: 'deny-all' },
    resume: { notAvailable: 'acpx exec has a session for each run' },
    usage: { hasCost: true },
  }),
];
