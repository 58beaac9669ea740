import type { CommandAbout } from './command-about.ts';
import type { RunnableCommand } from './define-command.ts';

export interface CommandRow extends CommandAbout {
  readonly load: () => Promise<{ readonly command: RunnableCommand }>;
}

export interface CommandSection {
  readonly title: string;
  readonly rows: readonly CommandRow[];
}
