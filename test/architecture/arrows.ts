/**
 * Who may import whom. The row with the longest matching `from` counts for a file. A file may always import from the
 * folder of its own row; `node` stands for every module that Node brings along.
 */
export interface Arrow {
  readonly from: string;
  readonly mayImport: readonly string[];
  /** Folders from which only types may be imported; their values arrive as arguments. */
  readonly mayImportTypesOf?: readonly string[];
}

export const ARROWS: readonly Arrow[] = [
  { from: 'contract', mayImport: ['zod'] },
  { from: 'main/daemon/domain', mayImport: ['contract'] },
  { from: 'main/daemon/store', mayImport: ['contract', 'main/daemon/domain', 'node', 'better-sqlite3'] },
  { from: 'main/daemon/adapters', mayImport: ['contract', 'main/daemon/domain', 'node'] },
  {
    from: 'main/daemon/adapters/git',
    mayImport: ['contract', 'main/daemon/domain', 'node', 'simple-git', 'main/daemon/adapters/process'],
  },
  { from: 'main/daemon/adapters/editors', mayImport: ['contract', 'node', 'main/daemon/adapters'] },
  {
    from: 'main/daemon/adapters/metrics',
    mayImport: ['contract', 'main/daemon/domain', 'node', 'prom-client'],
  },
  { from: 'main/daemon/adapters/instance', mayImport: ['contract', 'node', 'better-sqlite3', 'main/daemon/adapters'] },
  {
    from: 'main/daemon/adapters/provisioning',
    mayImport: ['contract', 'main/daemon/domain', 'node', 'yaml', 'main/daemon/adapters'],
  },
  {
    from: 'main/daemon/adapters/files',
    mayImport: ['contract', 'main/daemon/domain', 'node', 'yaml', 'main/daemon/adapters'],
  },
  {
    from: 'main/daemon/adapters/profiles',
    mayImport: ['contract', 'main/daemon/domain', 'node', 'yaml', 'zod', 'main/daemon/adapters'],
  },
  {
    from: 'main/daemon/adapters/executors',
    mayImport: ['contract', 'main/daemon/domain', 'node', 'zod', 'main/daemon/adapters'],
  },
  {
    from: 'main/daemon/adapters/executors/acp',
    mayImport: ['contract', 'node', 'zod', '@agentclientprotocol/sdk', 'main/daemon/adapters'],
  },
  {
    from: 'main/daemon/adapters/executors/openclaw-acpx',
    mayImport: ['contract', 'node', 'zod', '@agentclientprotocol/sdk', 'main/daemon/adapters'],
  },
  {
    from: 'main/daemon/adapters/terminal',
    mayImport: ['contract', 'node', 'node-pty', 'main/daemon/adapters/process'],
  },
  { from: 'main/daemon/config', mayImport: ['contract'] },
  {
    from: 'main/daemon/services',
    mayImport: ['contract', 'main/daemon/domain'],
    mayImportTypesOf: ['main/daemon/store', 'main/daemon/adapters'],
  },
  {
    from: 'main/daemon/api',
    mayImport: ['contract', 'main/daemon/services', 'node', 'fastify', '@fastify/rate-limit', 'ws', 'zod'],
  },
  {
    from: 'main/daemon/api/help',
    mayImport: ['main/daemon/api', 'marked'],
  },
  { from: 'main/daemon/compose', mayImport: ['contract', 'main/daemon', 'node', 'zod'] },
  { from: 'main/daemon/main.ts', mayImport: ['contract', 'main/daemon', 'node'] },
  { from: 'main/cli', mayImport: ['contract', 'node', 'commander', 'yaml'] },
  {
    from: 'renderer',
    mayImport: [
      'contract',
      'react',
      'react-dom',
      'zustand',
      '@tanstack/react-query',
      '@tanstack/react-virtual',
      'wouter',
      'radix-ui',
      'cmdk',
      'sonner',
      'lucide-react',
      '@pierre/diffs',
      '@xterm/xterm',
      '@xterm/addon-fit',
      '@xterm/addon-search',
      'marked',
      'yaml',
    ],
  },
  { from: 'scripts', mayImport: ['node', 'vite'] },
  { from: 'scripts/docs', mayImport: ['contract', 'main/daemon/api', 'main/daemon/config', 'main/cli', 'node'] },
];

/** A file that its row does not fit, the target it may import all the same, and why. The list only shrinks. */
export interface Exception {
  readonly file: string;
  readonly imports: string;
  readonly why: string;
}

export const EXCEPTIONS: readonly Exception[] = [];
