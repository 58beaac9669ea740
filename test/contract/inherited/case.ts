import type { ShapeName } from './shapes.ts';

/** The defects of the first version, by the number that `resources/docs/inherited-clients.md` gives them. */
export type DefectNumber = number;

/** How our answer stands to the one that was captured. */
export type Label =
  | { readonly kind: 'same' }
  /** Better than captured: one of the numbered defects, or something wrong that has no number. */
  | ({ readonly kind: 'fixed'; readonly defect: DefectNumber | 'unlisted' } & Difference)
  /** Not given, because giving it is unsafe. */
  | ({ readonly kind: 'refused'; readonly defect: DefectNumber | 'unlisted' } & Difference);

/** One row of the document for people: what it was, what it is, and why. */
interface Difference {
  readonly was: string;
  readonly now: string;
  readonly why: string;
}

export const SAME: Label = { kind: 'same' };

export const fixed = (
  defect: DefectNumber | 'unlisted',
  was: string,
  [now, why]: readonly [string, string],
): Label => ({
  kind: 'fixed',
  defect,
  was,
  now,
  why,
});

export const refused = (
  defect: DefectNumber | 'unlisted',
  was: string,
  [now, why]: readonly [string, string],
): Label => ({ kind: 'refused', defect, was, now, why });

/** What must hold before a case; said through the API only, never by writing into the record. */
export type Given =
  | { readonly run: string; readonly project?: string }
  | { readonly task: Task; readonly in: string; readonly until: 'accepted' | 'ended' | StepMoment }
  | { readonly retried: string }
  | { readonly settled: string }
  | { readonly file: string; readonly holds: string }
  | { readonly link: string; readonly to: string }
  | { readonly restarted: 'SIGTERM' | 'SIGKILL' };

export type StepMoment = 'running' | 'validating';
export type Task = Readonly<Record<string, unknown>> & { readonly step_id: string };

interface CaseBase {
  /** Section and number, in the order of the capture: `F12`. */
  readonly id: string;
  readonly name: string;
  readonly label: Label;
  readonly given?: readonly Given[];
}

/** One request as bytes on a socket, and what comes back. */
export interface HttpCase extends CaseBase, Exchange {
  /** What shows the same. */
  readonly also?: readonly Exchange[];
}

export interface Exchange {
  readonly request: Request;
  readonly answer: Answer;
}

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
  /** Instead of, or beside, those that the client sends by itself. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  /** Exactly; null: there is none. */
  readonly type: string | null;
  /** The whole body. */
  readonly exact?: string;
  /** For a refusal: the body is one line, this one if it is given. */
  readonly line?: string | RegExp;
  readonly shape?: ShapeName;
  /** What the body holds besides its shape; a RegExp stands for a text, a list for one of this very length. */
  readonly values?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One command of the client, as a process of its own. `{name}` stands for what an earlier case kept. */
export interface CliCase extends CaseBase {
  readonly argv: readonly string[];
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly exit: number;
  /** stdout is one document. */
  readonly shape?: ShapeName;
  readonly values?: unknown;
  /** stdout is a text with each of these in it. */
  readonly out?: string | readonly (string | RegExp)[];
  /** The whole of stderr, or what is in it. */
  readonly err?: string | readonly (string | RegExp)[];
  /** Keeps a key of the document under a name, for later cases. */
  readonly keep?: Readonly<Record<string, string>>;
}

/** What one request cannot show: processes that are gone, many submits in a row, a second daemon. */
export interface FactCase extends CaseBase {
  readonly fact: string;
}

/** The client against a server that answers as the case says. */
export interface StubCase extends CaseBase {
  readonly stub: {
    /** Of the submit. */
    readonly status: number;
    readonly step: unknown;
    readonly resultStatus: number;
    readonly result: unknown;
  };
  /** Whether the inherited client can read both answers. */
  readonly isReadable: boolean;
  /** Instead of a submit that is waited for. */
  readonly argv?: readonly string[];
  readonly exit: number;
  /** The `error` of the document that is printed instead of a result. */
  readonly error?: string;
}

/** Captured, and not replayed yet. */
export interface LaterCase {
  readonly id: string;
  readonly name: string;
  readonly later: string;
}

export type Case = HttpCase | CliCase | FactCase | StubCase | LaterCase;
export type PlayedCase = Exclude<Case, LaterCase>;

/** One section of the capture: cases that are told in order, to one daemon. */
export interface Story {
  readonly section: string;
  readonly title: string;
  /** `go`: the inherited client's own headers; otherwise those of curl. */
  readonly sentBy?: 'curl' | 'go';
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  /** Where its daemon is started when that is not the repository. */
  readonly startedIn?: 'another repository' | 'no repository';
  readonly given?: readonly Given[];
  readonly cases: readonly Case[];
}

const isLater = (item: Case): item is LaterCase => 'later' in item;
export const isPlayed = (item: Case): item is PlayedCase => !isLater(item);
export const isHttp = (item: Case): item is HttpCase => 'request' in item;
export const isStub = (item: Case): item is StubCase => 'stub' in item;
export const isCli = (item: Case): item is CliCase => 'argv' in item && !isStub(item);
export const isFact = (item: Case): item is FactCase => 'fact' in item;
