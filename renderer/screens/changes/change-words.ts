import type { ClientChangedFile } from '../../../contract/client/client-changes.ts';
import { formatBytes } from '../../words/format-number.ts';

type Described = Pick<
  ClientChangedFile,
  'status' | 'oldMode' | 'newMode' | 'isBinary' | 'sizeBytes' | 'additions' | 'deletions'
>;

/** One letter beside a path in the list. */
export const statusLetter = (status: string): string => LETTERS.get(status) ?? '?';

const LETTERS: ReadonlyMap<string, string> = new Map([
  ['added', 'A'],
  ['modified', 'M'],
  ['deleted', 'D'],
  ['renamed', 'R'],
  ['type-changed', 'T'],
]);

/** What happened to a file apart from its lines: `Renamed`, `Now executable`, `Binary, 12 KiB`. */
export function changeWords(file: Described): readonly string[] {
  return [...statusWords(file), ...modeWords(file), ...contentWords(file)];
}

function statusWords({ status, oldMode, newMode }: Described): readonly string[] {
  switch (status) {
    case 'added':
      return [`New ${kindOf(newMode)}`];
    case 'deleted':
      return [`Deleted ${kindOf(oldMode)}`];
    case 'renamed':
      return ['Renamed'];
    case 'type-changed':
      return [`Was a ${kindOf(oldMode)}, is a ${kindOf(newMode)}`];
    case 'modified':
      return kindOf(newMode) === 'file' ? [] : [`Changed ${kindOf(newMode)}`];
    default:
      return [status];
  }
}

/** Git knows two modes of a file. */
function modeWords({ status, oldMode, newMode }: Described): readonly string[] {
  if (status !== 'modified' && status !== 'renamed')
    return newMode === '100755' && status === 'added' ? ['executable'] : [];
  if (oldMode === newMode || kindOf(oldMode) !== 'file' || kindOf(newMode) !== 'file') return [];
  return [newMode === '100755' ? 'Now executable' : 'Not executable any more'];
}

function contentWords({ status, newMode, isBinary, sizeBytes, additions, deletions }: Described): readonly string[] {
  if (kindOf(newMode) === 'submodule') return ['only the commit that it points to'];
  if (isBinary) return [sizeBytes === null ? 'Binary' : `Binary, ${formatBytes(sizeBytes)}`];
  if (additions !== 0 || deletions !== 0) return [];
  if (status === 'renamed') return ['no line changed'];
  return status === 'added' ? ['empty'] : [];
}

function kindOf(mode: string): string {
  switch (mode) {
    case '120000':
      return 'symbolic link';
    case '160000':
      return 'submodule';
    default:
      return 'file';
  }
}
