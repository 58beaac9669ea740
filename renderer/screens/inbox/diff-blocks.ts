/** Lines of one kind that follow each other. */
export interface DiffBlock {
  readonly kind: 'add' | 'del' | 'same' | 'head';
  readonly text: string;
}

/** A unified diff as blocks of equal lines, their signs included. What is none, a new text, is one block as it is. */
export function diffBlocks(diff: string): readonly DiffBlock[] {
  if (!/^@@/m.test(diff)) return diff === '' ? [] : [{ kind: 'same', text: diff }];
  const blocks: { kind: DiffBlock['kind']; lines: string[] }[] = [];
  let isInHunk = false;
  const lines = diff.replace(/\n$/, '').split('\n');
  for (const [index, line] of lines.entries()) {
    if (line.startsWith('@@')) isInHunk = true;
    else if (isInHunk && beginsFile(line, lines[index + 1] ?? '')) isInHunk = false;
    const kind = isInHunk ? kindOf(line) : 'head';
    const last = blocks.at(-1);
    if (last?.kind === kind) last.lines.push(line);
    else blocks.push({ kind, lines: [line] });
  }
  return blocks.map(({ kind, lines: of }) => ({ kind, text: of.join('\n') }));
}

/** A line that was deleted may look like the name of a file: only with the other name below it is it one. */
const beginsFile = (line: string, next: string): boolean =>
  line.startsWith('diff --git ') || (line.startsWith('--- ') && next.startsWith('+++ '));

function kindOf(line: string): DiffBlock['kind'] {
  if (line.startsWith('@@')) return 'head';
  if (line.startsWith('+')) return 'add';
  return line.startsWith('-') ? 'del' : 'same';
}
