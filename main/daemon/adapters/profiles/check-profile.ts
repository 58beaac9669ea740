import {
  AGENT_TRANSPORTS,
  type AgentName,
  isAgentName,
  SANDBOX_WORDS,
  WITHOUT_QUESTIONS,
} from '../../../../contract/executor-profile.ts';
import { nearestWord } from '../../../../contract/nearest-word.ts';
import { BUILT_IN_PROFILES } from '../../domain/executor-shelf.ts';
import { secretsInEnvironment } from '../../domain/redaction/secret-sources.ts';
import type { ProfileIssue } from './profile-issue.ts';

/** What the types of its values do not show. Keys that are missing or of the wrong type are told elsewhere. */
export function checkProfile(content: object): readonly ProfileIssue[] {
  const profile = new Map<string, unknown>(Object.entries(content));
  return [
    ...checkName(profile.get('name')),
    ...checkAgent(profile),
    ...checkProgram(profile.get('program')),
    ...checkEnvironment(profile.get('environment')),
  ];
}

type Content = ReadonlyMap<string, unknown>;

const isText = (value: unknown): value is string => typeof value === 'string';

function checkName(name: unknown): readonly ProfileIssue[] {
  const taken = BUILT_IN_PROFILES.find((one) => one.name === name)?.name;
  return taken === undefined ? [] : [{ path: ['name'], sentence: `is taken: ${taken} always means the same` }];
}

function checkAgent(profile: Content): readonly ProfileIssue[] {
  const agent = profile.get('agent');
  if (agent === undefined) return [{ path: ['agent'], sentence: `is required: one of ${AGENTS.join(', ')}` }];
  if (!isText(agent)) return [];
  if (!isAgentName(agent)) return [{ path: ['agent'], sentence: unknownWord(agent, AGENTS) }];
  const transports: readonly string[] = AGENT_TRANSPORTS[agent];
  const transport = profile.get('transport');
  if (isText(transport) && !transports.includes(transport)) {
    return [{ path: ['transport'], sentence: `of ${agent} ${unknownWord(transport, transports)}` }];
  }
  if (agent === 'command') return meaninglessFor(profile);
  if (profile.has('recipe')) return [{ path: ['recipe'], sentence: 'is for the agent command only' }];
  const unknown = [...checkSandbox(agent, profile), ...checkPermissions(agent, profile)];
  if (unknown.length > 0) return unknown;
  if (profile.get('terminal') === true) return [{ path: ['terminal'], sentence: noTerminalFor(agent) }];
  const hasProgram = profile.get('program') !== undefined;
  return agent === 'acp' && !hasProgram ? [{ path: ['program'], sentence: 'is required for the agent acp' }] : [];
}

const AGENTS = Object.keys(AGENT_TRANSPORTS);

/** A vendor's program would start with a word that it does not know, and end in its own words or go on without any. */
function checkSandbox(agent: AgentName, profile: Content): readonly ProfileIssue[] {
  const known: readonly string[] | undefined = new Map(Object.entries(SANDBOX_WORDS)).get(agent);
  const word = profile.get('sandbox');
  if (known === undefined || !isText(word) || known.includes(word)) return [];
  return [{ path: ['sandbox'], sentence: `of ${agent} ${unknownWord(word, known)}` }];
}

/** Somebody would rely on rules that nobody looks at. */
function checkPermissions(agent: AgentName, profile: Content): readonly ProfileIssue[] {
  if (!profile.has('permissions')) return [];
  const transport = profile.get('transport') ?? AGENT_TRANSPORTS[agent][0];
  const mute: readonly string[] =
    new Map<string, readonly string[]>(Object.entries(WITHOUT_QUESTIONS)).get(agent) ?? [];
  if (!isText(transport) || !mute.includes(transport)) return [];
  return [
    { path: ['permissions'], sentence: `means nothing for ${agent} by ${transport}, which cannot ask: ${INSTEAD}` },
  ];
}

const INSTEAD = 'what it may do is only in its sandbox and its own configuration';

function unknownWord(word: string, known: readonly string[]): string {
  const meant = nearestWord(word, known);
  return `must be one of ${known.join(', ')}${meant === null ? '' : `; did you mean ${meant}?`}`;
}

const noTerminalFor = (agent: string): string =>
  `is for the agent command only: the output of ${agent} is read as lines, which a terminal would break`;

const meaninglessFor = (profile: Content): readonly ProfileIssue[] =>
  ['program', 'args', 'model', 'sandbox', 'permissions']
    .filter((key) => profile.has(key))
    .map((key) => ({ path: [key], sentence: 'means nothing for the agent command: its recipe says what is run' }));

function checkProgram(program: unknown): readonly ProfileIssue[] {
  const words: readonly unknown[] = Array.isArray(program) ? program : [program];
  if (words.some((word) => isText(word) && /^\/(?:proc|dev)\//.test(word))) {
    return [
      {
        path: ['program'],
        sentence: 'must not be found through /proc or /dev: what is there is another for each process',
      },
    ];
  }
  if (!isText(program) || !/\s/.test(program) || program.startsWith('/')) return [];
  return [{ path: ['program'], sentence: 'with arguments is a list: [program, argument]' }];
}

/** A value that was written down by mistake is not repeated: it may be a secret. */
function checkEnvironment(environment: unknown): readonly ProfileIssue[] {
  if (typeof environment !== 'object' || environment === null || Array.isArray(environment)) return [];
  return Object.entries(environment).flatMap(([name, source]: [string, unknown]) => {
    const path = ['environment', name];
    if (OURS.test(name)) return [{ path, sentence: 'is a name of ours, which executors do not get' }];
    if (isText(source) && OURS.test(source)) return [{ path, sentence: NO_SETTING }];
    return isVariableName(source) ? [] : [{ path, sentence: NO_VALUE }];
  });
}

/** Our settings, tokens and marks; the inherited names of them, too. In any case: Windows makes no difference. */
const OURS = /^(?:CODENCER|ORCHESTRATORD?)_/i;

const NO_SETTING =
  'must not take its value from a variable that begins with CODENCER_ or ORCHESTRATOR: these are our own settings and ' +
  'tokens, which executors do not get';

const isVariableName = (source: unknown): boolean =>
  isText(source) && /^[A-Za-z_][A-Za-z0-9_]*$/.test(source) && secretsInEnvironment({ X: source }, []).length === 0;

const NO_VALUE =
  'must be the name of a variable of the daemon, such as MY_API_KEY, not a value: files are copied, committed and ' +
  'shown, and would take a secret with them. Set the variable where the daemon is started';
