import { install } from './install-programs.ts';
import { isInstalled } from './is-installed.ts';

/** Under the lock: whoever waited for it may find that the work is done. */
process.exitCode = isInstalled(import.meta.dirname) ? 0 : install();
