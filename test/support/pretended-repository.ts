import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What git looks for in a folder before it takes it for a repository. Nothing can be read from this one. */
export function pretendRepository(folder: string, head = 'ref: refs/heads/main\n'): void {
  for (const name of ['objects', 'refs']) mkdirSync(join(folder, '.git', name), { recursive: true });
  writeFileSync(join(folder, '.git/HEAD'), head);
}
