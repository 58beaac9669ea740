import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { type AstNode, isAstNode, lineAt, nodesOf, type SourceFile } from './source-tree.ts';

export interface Import {
  /** What is imported: `node`, the name of a package, or the path of a file relative to the root. */
  readonly target: string;
  readonly kind: 'node' | 'package' | 'file';
  readonly isTypeOnly: boolean;
  /** 1-based. */
  readonly line: number;
}

/** Everything that `file` imports: static, re-exported, dynamic, as a type, and through `process.getBuiltinModule`. */
export function importsOf(file: SourceFile): readonly Import[] {
  return [...nodesOf(file.program)].flatMap((node) => {
    const specifier = specifierOf(node);
    if (specifier === null) return [];
    return [{ ...resolve(file.path, specifier), isTypeOnly: isTypeOnly(node), line: lineAt(file.text, node.start) }];
  });
}

function specifierOf(node: AstNode): string | null {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
    case 'TSImportType':
      return literalText(node['source']);
    case 'CallExpression':
      return callsGetBuiltinModule(node) ? literalText(firstArgument(node)) : null;
    default:
      return null;
  }
}

function isTypeOnly(node: AstNode): boolean {
  if (node.type === 'TSImportType' || node['importKind'] === 'type' || node['exportKind'] === 'type') return true;
  const specifiers = node['specifiers'];
  if (!Array.isArray(specifiers) || specifiers.length === 0) return false;
  return specifiers.every((one: AstNode) => one['importKind'] === 'type' || one['exportKind'] === 'type');
}

function resolve(from: string, specifier: string): Pick<Import, 'target' | 'kind'> {
  if (isBuiltin(specifier)) return { kind: 'node', target: 'node' };
  if (specifier.startsWith('.')) return { kind: 'file', target: posix.join(posix.dirname(from), specifier) };
  const parts = specifier.split('/');
  return { kind: 'package', target: parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/') };
}

function callsGetBuiltinModule(call: AstNode): boolean {
  const callee = call['callee'];
  const property = isAstNode(callee) ? callee['property'] : null;
  return isAstNode(property) && property['name'] === 'getBuiltinModule';
}

function firstArgument(call: AstNode): unknown {
  return Array.isArray(call['arguments']) ? call['arguments'][0] : undefined;
}

function literalText(node: unknown): string | null {
  return isAstNode(node) && node.type === 'Literal' && typeof node['value'] === 'string' ? node['value'] : null;
}
