import { type AstNode, isAstNode, lineAt, nodesOf, type SourceFile } from './source-tree.ts';

const FUNCTION_TYPES = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'];

/** Every function of a file that has a body in braces, with its name where it has one. */
export function functionsOf(file: SourceFile): readonly { readonly name: string; readonly lineCount: number }[] {
  const nodes = [...nodesOf(file.program)];
  const names = new Map(nodes.flatMap(namedValue));
  return nodes.filter(isFunctionWithBlock).map((node) => {
    const line = lineAt(file.text, node.start);
    const name = nameOf(node['id']) ?? names.get(node.start) ?? 'anonymous';
    return { name: `${name} (${file.path}:${line})`, lineCount: lineAt(file.text, node.end) - line + 1 };
  });
}

function isFunctionWithBlock(node: AstNode): boolean {
  const body = node['body'];
  return FUNCTION_TYPES.includes(node.type) && isAstNode(body) && body.type === 'BlockStatement';
}

/** `[start of a value, the name that it is given]` for variables, properties and methods. */
function namedValue(node: AstNode): readonly (readonly [number, string])[] {
  const value = node.type === 'VariableDeclarator' ? node['init'] : node['value'];
  const name = nameOf(node.type === 'VariableDeclarator' ? node['id'] : node['key']);
  return isAstNode(value) && name !== null ? [[value.start, name]] : [];
}

function nameOf(node: unknown): string | null {
  return isAstNode(node) && typeof node['name'] === 'string' ? node['name'] : null;
}
