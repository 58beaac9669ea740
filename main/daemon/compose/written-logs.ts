import type { HarvestedFile } from '../adapters/files/harvest.ts';
import type { LogFacts } from '../adapters/logs/log-file.ts';

type Written = Pick<LogFacts, 'sizeBytes' | 'sha256'>;

/**
 * What this process wrote into logs, until they are harvested. An executor can reach its own logs: one that is not what
 * was written proves nothing.
 */
export function createWrittenLogs() {
  const written = new Map<string, Written>();
  return {
    note: (path: string, facts: Written): void => {
      written.set(path, facts);
    },
    /** A sentence for each log below the folder that is missing or was changed. Forgets them. */
    compare(folder: string, harvested: readonly HarvestedFile[]): readonly string[] {
      const found = new Map(harvested.map((file) => [file.path, file]));
      const below = [...written].filter(([path]) => path.startsWith(`${folder}/`));
      for (const [path] of below) written.delete(path);
      return below.flatMap(([path, facts]) => differenceOf(path, { facts, file: found.get(path) }));
    },
  };
}

export type WrittenLogs = ReturnType<typeof createWrittenLogs>;

function differenceOf(
  path: string,
  { facts, file }: { readonly facts: Written; readonly file: HarvestedFile | undefined },
): readonly string[] {
  if (file === undefined) return [`the log ${path} was taken away while it was written`];
  if (file.sha256 === facts.sha256) return [];
  return [
    `the log ${path} was changed by somebody else: it has ${file.sizeBytes} bytes, ${facts.sizeBytes} were written`,
  ];
}
