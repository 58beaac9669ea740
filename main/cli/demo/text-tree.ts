export interface TreeNode {
  readonly text: string;
  /** Plain lines right below the text, without branches. */
  readonly lines?: readonly string[];
  readonly children?: readonly TreeNode[];
}

/** A tree as lines, drawn with `├─` and `└─`. The root has no branch. */
export const formatTree = (root: TreeNode): string => `${linesOf(root).join('\n')}\n`;

const linesOf = ({ text, lines = [], children = [] }: TreeNode): readonly string[] => [
  text,
  ...lines.map((line) => `${children.length > 0 ? '│' : ' '}  ${line}`),
  ...children.flatMap((child, index) => branch(child, index === children.length - 1)),
];

function branch(node: TreeNode, isLast: boolean): readonly string[] {
  const [first = '', ...rest] = linesOf(node);
  return [`${isLast ? '└─ ' : '├─ '}${first}`, ...rest.map((line) => `${isLast ? '   ' : '│  '}${line}`)];
}
