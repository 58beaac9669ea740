import { paint, type Tone } from './state-tone.ts';
import type { Screen } from './terminal.ts';
import { cutText } from './text-width.ts';

export interface TreeNode {
  readonly text: string;
  /** A word of the text, two spaces before it, that has a colour. */
  readonly state?: { readonly word: string; readonly tone: Tone | null };
  /** Plain lines right below the text, without branches. */
  readonly lines?: readonly string[];
  readonly children?: readonly TreeNode[];
}

/** A tree as lines, drawn with `├─` and `└─`. The root has no branch. On a screen no line is wider than it. */
export function formatTree(root: TreeNode, screen: Screen): string {
  const columns = screen.size()?.columns ?? Number.POSITIVE_INFINITY;
  const lines = linesOf(root).map(({ text, state }) => {
    const shown = cutText(text, columns);
    return state === undefined
      ? shown
      : shown.replace(`  ${state.word}`, () => `  ${paint(screen, state.tone, state.word)}`);
  });
  return `${lines.join('\n')}\n`;
}

type Line = Pick<TreeNode, 'text' | 'state'>;

const linesOf = ({ text, state, lines = [], children = [] }: TreeNode): readonly Line[] => [
  state === undefined ? { text } : { text, state },
  ...lines.map((line) => ({ text: `${children.length > 0 ? '│' : ' '}  ${line}` })),
  ...children.flatMap((child, index) => branch(child, index === children.length - 1)),
];

function branch(node: TreeNode, isLast: boolean): readonly Line[] {
  const [first, ...rest] = linesOf(node);
  if (first === undefined) return [];
  return [
    { ...first, text: `${isLast ? '└─ ' : '├─ '}${first.text}` },
    ...rest.map((line) => ({ ...line, text: `${isLast ? '   ' : '│  '}${line.text}` })),
  ];
}
