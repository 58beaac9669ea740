/** How a family of editors is told what to open. */
export type EditorFamily = 'code' | 'jetbrains';

export interface KnownEditor {
  readonly id: string;
  readonly title: string;
  readonly family: EditorFamily;
  /** Of its program, the one to prefer first. */
  readonly programs: readonly string[];
}

/** In the order in which they are offered. */
export const KNOWN_EDITORS: readonly KnownEditor[] = [
  { id: 'code', title: 'VS Code', family: 'code', programs: ['code'] },
  { id: 'cursor', title: 'Cursor', family: 'code', programs: ['cursor'] },
  { id: 'antigravity', title: 'Antigravity', family: 'code', programs: ['antigravity'] },
  { id: 'idea', title: 'IntelliJ IDEA', family: 'jetbrains', programs: ['idea', 'idea64.exe'] },
  { id: 'webstorm', title: 'WebStorm', family: 'jetbrains', programs: ['webstorm', 'webstorm64.exe'] },
  { id: 'pycharm', title: 'PyCharm', family: 'jetbrains', programs: ['pycharm', 'pycharm64.exe'] },
  { id: 'phpstorm', title: 'PhpStorm', family: 'jetbrains', programs: ['phpstorm', 'phpstorm64.exe'] },
  { id: 'goland', title: 'GoLand', family: 'jetbrains', programs: ['goland', 'goland64.exe'] },
  { id: 'rider', title: 'Rider', family: 'jetbrains', programs: ['rider', 'rider64.exe'] },
  { id: 'clion', title: 'CLion', family: 'jetbrains', programs: ['clion', 'clion64.exe'] },
  { id: 'rubymine', title: 'RubyMine', family: 'jetbrains', programs: ['rubymine', 'rubymine64.exe'] },
];
