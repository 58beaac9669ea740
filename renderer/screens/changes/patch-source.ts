import type { FileDiffMetadata } from '@pierre/diffs';
import { type ChangeSubject, openChanges } from '../../../contract/client/changes-routes.ts';
import type { ClientChangedFile } from '../../../contract/client/client-changes.ts';
import type { Connection } from '../../../contract/client/http-types.ts';
import { unwrap } from '../../api/unwrap.ts';
import type { Section } from './parse-section.ts';
import { parseSections } from './parse-sections.ts';
import { sectionsByPath, splitPatch } from './split-patch.ts';

/** What is here of a patch. */
export interface Patches {
  /** Most files have one; one whose type changed has two. */
  readonly diffs: ReadonlyMap<string, readonly FileDiffMetadata[]>;
  /** What could not be had; under `''` if nothing could. */
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
  const listeners = new Set<() => void>();
  const byPath = new Map(files.map((file) => [file.path, file]));
  const asked = new Set<string>();
  const waiting: string[] = [];
  let running = 0;
  let patches: Patches = { diffs: new Map(), failures: new Map() };

  const publish = (next: Partial<Patches>): void => {
    if (closing.signal.aborted) return;
    patches = { ...patches, ...next };
    for (const listener of listeners) listener();
  };
  const fail = (path: string, error: unknown): void => {
    const cause = error instanceof Error ? error : new Error(String(error));
    publish({ failures: new Map([...patches.failures, [path, cause]]) });
  };
  const read = async (file?: string): Promise<string> =>
    (await unwrap(openChanges(connection, subject, { file, signal: closing.signal }))).text();

  const keep = async (sections: readonly Section[]): Promise<void> => {
    const parsed = await parseSections(sections, closing.signal);
    const diffs = new Map(patches.diffs);
    for (const [index, { path }] of sections.entries()) {
      const diff = parsed[index] ?? null;
      diffs.set(path, [
        ...(index > 0 && sections[index - 1]?.path === path ? (diffs.get(path) ?? []) : []),
        ...(diff === null ? [] : [diff]),
      ]);
    }
    publish({ diffs });
  };

  const readAll = async (): Promise<void> => {
    const all = sectionsByPath(files, await read());
    await keep(files.flatMap((file) => sectionsOf(subject, file, all.get(file.path) ?? [])));
  };

  const readFile = async (path: string): Promise<void> => {
    const file = byPath.get(path);
    if (file === undefined) return;
    await keep(sectionsOf(subject, file, file.isBinary ? [] : splitPatch(await read(path))));
  };

  const goOn = (): void => {
    while (running < AT_ONCE && waiting.length > 0) {
      // What came into sight last is looked at.
      const path = waiting.pop() ?? '';
      running += 1;
      void readFile(path)
        .catch((error: unknown) => fail(path, error))
        .finally(() => {
          running -= 1;
          goOn();
        });
    }
  };
  const isWhole = isSmall(files);
  const readWhole = (): void => void readAll().catch((error: unknown) => fail('', error));
  if (isWhole) readWhole();

  return {
    read: () => patches,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    want: (path) => {
      if (isWhole || asked.has(path)) return;
      asked.add(path);
      waiting.push(path);
      goOn();
    },
    retry: (path) => {
      publish({ failures: new Map([...patches.failures].filter(([failed]) => failed !== path)) });
      if (isWhole) readWhole();
      else {
        waiting.push(path);
        goOn();
      }
    },
    close: () => closing.abort(),
  };
}

const sectionsOf = (
  subject: ChangeSubject,
  { path, oldPath }: ClientChangedFile,
  texts: readonly string[],
): readonly Section[] =>
  texts.map((text, index) => ({ path, oldPath, text, key: `${JSON.stringify(subject)} ${index} ${path}` }));
