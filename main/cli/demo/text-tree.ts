export interface TreeNode {
  readonly text: string;
  readonly children?: readonly TreeNode[];
}

/** A tree as lines, drawn with `├─` and `└─`. The root has no branch. */
export const formatTree = ({ text, children = [] }: TreeNode): string =>
  `${[text, ...branches(children)].join('\n')}\n`;

function branches(nodes: readonly TreeNode[]): readonly string[] {
  return nodes.flatMap(({ text, children = [] }, index) => {
    const isLast = index === nodes.length - 1;
    const below = branches(children).map((line) => `${isLast ? '   ' : '│  '}${line}`);
    return [`${isLast ? '└─ ' : '├─ '}${text}`, ...below];
  });
}
