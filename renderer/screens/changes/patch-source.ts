import type { FileDiffMetadata } from '@pierre/diffs';
import { type ChangeSubject, openChanges } from '../../../contract/client/changes-routes.ts';
import type { ClientChangedFile } from '../../../contract/client/client-changes.ts';
import type { Connection } from '../../../contract/client/http-types.ts';
import { unwrap } from '../../api/unwrap.ts';
import { fewAtOnce } from './few-at-once.ts';
import type { Section } from './parse-section.ts';
import { parseSections } from './parse-sections.ts';
import { sectionsByPath, splitPatch } from './split-patch.ts';
import { toldLater } from './told-later.ts';

/** What is here of a patch. */
export interface Patches {
  /** Nothing is here yet; then all of it is, at once. */
  readonly isComing: boolean;
  /** Most files have one; one whose type changed has two. */
  readonly diffs: ReadonlyMap<string, readonly FileDiffMetadata[]>;
  /** What could not be had; under `ALL` if nothing could. */
  readonly failures: ReadonlyMap<string, Error>;
}

export interface PatchSource {
  readonly read: () => Patches;
  readonly subscribe: (listener: () => void) => () => void;
  /** It comes into sight. */
  readonly want: (path: string) => void;
  readonly retry: (path: string) => void;
  readonly close: () => void;
}

interface SourceOptions {
  readonly connection: Connection;
  readonly subject: ChangeSubject;
  readonly files: readonly ClientChangedFile[];
}

const AT_ONCE = 4;
/** Files that come shortly after each other are drawn together: each time costs as much as there are files. */
const TOGETHER_MS = 40;
const MAX_LINES_AT_ONCE = 20_000;
const MAX_FILES_AT_ONCE = 2000;

/** Small enough for one request. */
export const isSmall = (files: readonly ClientChangedFile[]): boolean =>
  files.length <= MAX_FILES_AT_ONCE &&
  files.reduce((sum, { additions, deletions }) => sum + (additions ?? 0) + (deletions ?? 0), 0) <= MAX_LINES_AT_ONCE &&
  // Nothing counts the lines of a binary file, and its patch has all of its bytes.
  files.every(({ isBinary, sizeBytes }) => !isBinary || (sizeBytes ?? 0) < 1024 * 1024);

/** The patch of a comparison: all of it at once while it is small, else each file when it comes into sight. */
export function createPatchSource({ connection, subject, files }: SourceOptions): PatchSource {
  const closing = new AbortController();
  const { signal } = closing;
  const isWhole = isSmall(files);
  const patches = toldLater<Patches>(
    { isComing: isWhole, diffs: new Map(), failures: new Map() },
    isWhole ? 0 : TOGETHER_MS,
  );
  const byPath = new Map(files.map((file) => [file.path, file]));
  const asked = new Set<string>();

  const read = async (file?: string): Promise<string> =>
    (await unwrap(openChanges(connection, subject, { file, signal }))).text();
  const keep = async (paths: readonly string[], sections: readonly Section[]): Promise<void> => {
    const came = groupByPath(paths, sections, await parseSections(sections, signal));
    patches.change((before) => ({ ...before, isComing: false, diffs: new Map([...before.diffs, ...came]) }));
  };
  const readAll = async (): Promise<void> => {
    const all = sectionsByPath(files, await read());
    const sections = files.flatMap((file) => sectionsOf(subject, file, all.get(file.path) ?? []));
    await keep([...byPath.keys()], sections);
  };
  const readFile = async (path: string): Promise<void> => {
    const file = byPath.get(path);
    if (file === undefined) return;
    await keep([path], sectionsOf(subject, file, file.isBinary ? [] : splitPatch(await read(path))));
  };
  const readFor = async (path: string): Promise<void> => {
    try {
      await (path === ALL ? readAll() : readFile(path));
    } catch (error) {
      if (signal.aborted) return;
      const cause = error instanceof Error ? error : new Error(String(error));
      patches.change((before) => ({
        ...before,
        isComing: false,
        failures: new Map([...before.failures, [path, cause]]),
      }));
    }
  };
  const ask = fewAtOnce(AT_ONCE, readFor);
  if (isWhole) ask(ALL);
  return {
    read: patches.read,
    subscribe: patches.subscribe,
    want: (path) => {
      if (isWhole || asked.has(path)) return;
      asked.add(path);
      ask(path);
    },
    retry: (path) => {
      patches.change((before) => ({
        ...before,
        failures: new Map([...before.failures].filter(([failed]) => failed !== path)),
      }));
      ask(path);
    },
    close: () => closing.abort(),
  };
}

/** In the place of a path: the whole patch. */
export const ALL = '';

/** Also paths of which nothing came: there is nothing to wait for. */
function groupByPath(
  paths: readonly string[],
  sections: readonly Section[],
  parsed: readonly (FileDiffMetadata | null)[],
): ReadonlyMap<string, readonly FileDiffMetadata[]> {
  const grouped = new Map<string, FileDiffMetadata[]>(paths.map((path) => [path, []]));
  for (const [index, { path }] of sections.entries()) {
    const diff = parsed[index] ?? null;
    if (diff !== null) grouped.get(path)?.push(diff);
  }
  return grouped;
}

const sectionsOf = (
  subject: ChangeSubject,
  { path, oldPath }: ClientChangedFile,
  texts: readonly string[],
): readonly Section[] =>
  texts.map((text, index) => ({ path, oldPath, text, key: `${JSON.stringify(subject)} ${index} ${path}` }));
