import { isAbsolute, join } from 'node:path';
import type { JsonValue } from '../../../../contract/client/json-value.ts';
import { textsIn } from './read-json.ts';
import type { Entry, ModelRequest } from './wire-format.ts';

const FILE_MARK = /WRITE_FILE=([^\s"'`\\<>]*[^\s"'`\\<>.,;)])/g;
const MEMORY_MARK = /REMEMBER=([\w-]+)/g;
/** How the agents tell the model where they work. */
const WORKING_FOLDER =
  /(?:working directory|<cwd>|in the directory|workspace root folder|cwd)[^\n/]{0,20}(\/\w[^\s<`'"]*)/i;

const DEFAULT_FILE = 'scripted-model.txt';

export interface Conversation {
  /** As the last prompt with a mark names it. */
  readonly path: string;
  readonly absolutePath: string;
  /** Whether a tool has answered since that prompt. */
  readonly hasToolResult: boolean;
  /** The words that prompts asked to remember, oldest first. */
  readonly memories: readonly string[];
  readonly said: readonly string[];
  /** Changes with every prompt, not with a retry. */
  readonly promptKey: string;
}

/** What the script needs to know, read from the request alone: so a retry or a restart needs no bookkeeping. */
export function readConversation({ entries }: ModelRequest, body: JsonValue): Conversation {
  const promptAt = entries.findLastIndex(({ from, text }) => from === 'person' && text.includes('WRITE_FILE='));
  const prompt = entries[promptAt]?.text ?? '';
  const path = [...prompt.matchAll(FILE_MARK)].at(-1)?.[1] ?? DEFAULT_FILE;
  const absolutePath = isAbsolute(path) ? path : join(workingFolderOf(prompt) || workingFolderOf(body), path);
  return {
    path,
    absolutePath,
    hasToolResult: entries.slice(promptAt + 1).some(({ from }) => from === 'tool'),
    memories: marksIn(entries, MEMORY_MARK),
    said: entries.filter(({ from }) => from === 'model').map(({ text }) => text),
    promptKey: `${absolutePath} ${entries.filter(({ from }) => from === 'person').length}`,
  };
}

function marksIn(entries: readonly Entry[], mark: RegExp): readonly string[] {
  const prompts = entries.filter(({ from }) => from === 'person');
  return prompts.flatMap(({ text }) => [...text.matchAll(mark)].map(([, word = '']) => word));
}

/** Empty when the agent does not say it. */
function workingFolderOf(body: JsonValue): string {
  for (const text of textsIn(body)) {
    const folder = WORKING_FOLDER.exec(text)?.[1];
    if (folder !== undefined) return folder;
  }
  return '';
}
