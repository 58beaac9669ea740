import type { JsonValue } from '../../../../contract/client/json-value.ts';
import type { Conversation } from './conversation.ts';
import { exampleOf } from './example-of.ts';
import { runWith, type ToolCall, writeWith } from './tool-inputs.ts';
import type { Action, ModelRequest, OfferedTool } from './wire-format.ts';

type Script = (request: ModelRequest, conversation: Conversation) => Action;

const CONTENT = 'Written by the scripted model.\n';
const QUESTION = 'Which name should the file have: first.txt or second.txt?';
const MEGABYTE = 1_000_000;
const LINE = `${'The scripted model has a lot to say. '.repeat(27)}\n`;

const say = (text: string, thought: string | null = null): Action => ({ kind: 'say', text, thought });
const call = (chosen: ToolCall | null): Action =>
  chosen === null ? say('None of the tools can do this.') : { kind: 'call', ...chosen };

const write: Script = ({ tools }, { path, absolutePath, hasToolResult }) =>
  hasToolResult ? say(`Done: ${path} is written.`) : call(writeWith(tools, { path, absolutePath, content: CONTENT }));

const shell =
  (commandFor: (path: string) => string, { isEscalated } = { isEscalated: false }): Script =>
  ({ tools }, { path, hasToolResult }) =>
    hasToolResult ? say('Done: the command ran.') : call(runWith(tools, { command: commandFor(path), isEscalated }));

const SCRIPTS: Readonly<Record<string, Script>> = {
  write,
  text: () => say('Done, and no tool was needed.'),
  thoughts: () => say('Done, after some thought.', 'First think, then answer.'),
  shell: shell((path) => `printf '${CONTENT.trim()}\\n' > '${path}'`),
  'failing-shell': shell(() => "echo 'to stdout'; echo 'to stderr' >&2; exit 3"),
  'slow-shell': shell((path) => `for n in 1 2 3 4; do echo line $n; sleep 0.5; done; echo done > '${path}'`),
  /** A pipeline, since Claude Code refuses commands with `&`. */
  'long-shell': shell((path) => `echo started > '${path}'; sleep 317 | sleep 318`),
  escalate: shell((path) => `printf '${CONTENT.trim()}\\n' > '${path}'`, { isEscalated: true }),
  'escalate-long-shell': shell((path) => `echo started > '${path}'; sleep 317 | sleep 318`, { isEscalated: true }),
  'endless-tools': ({ tools }) => call(runWith(tools, { command: 'true', isEscalated: false })),
  'bad-tool': ({ tools }, { hasToolResult }) =>
    hasToolResult ? say('The tool did not understand.') : call(brokenCall(tools)),
  'unknown-tool': (_request, { hasToolResult }) =>
    hasToolResult ? say('There is no such tool.') : call({ tool: UNKNOWN_TOOL, input: '{"a":1}' }),
  question: (request, conversation) =>
    conversation.said.some((text) => text.includes(QUESTION)) ? write(request, conversation) : say(QUESTION),
  sessions: (_request, { memories }) =>
    say(`Asked to remember so far: ${memories.length === 0 ? 'nothing' : memories.join(', ')}.`),
};

const UNKNOWN_TOOL: OfferedTool = { name: 'no_such_tool', isFreeform: false, namespace: null, parameters: [] };

function brokenCall(tools: readonly OfferedTool[]): ToolCall | null {
  const tool = tools.find(({ name }) => /write|shell|exec|bash/i.test(name)) ?? tools[0];
  return tool === undefined ? null : { tool, input: '{"broken": ' };
}

/** Null when no script has this name. `big-text-20` says 20 megabytes; without a number it is 5. */
export function decide(scenario: string, request: ModelRequest, conversation: Conversation): Action | null {
  const megabytes = /^big-text(?:-(\d+))?$/.exec(scenario);
  if (megabytes !== null) return say(LINE.repeat(Math.ceil((Number(megabytes[1] ?? 5) * MEGABYTE) / LINE.length)));
  const script = SCRIPTS[scenario];
  if (script === undefined) return null;
  // Asked without tools, it is about a title, a summary or the next speaker.
  if (request.tools.length === 0 && scenario !== 'sessions') return aside(request.answerSchema);
  return script(request, conversation);
}

const aside = (schema: JsonValue | null): Action =>
  say(schema === null ? 'A scripted title' : JSON.stringify(exampleOf(schema)));
