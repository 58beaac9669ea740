import { textOfPath } from '../path-text.ts';
import type { SizedPath } from '../split-by-size.ts';
import type { NotSaved, SalvageLimits } from './salvage-result.ts';

/** The ignored files that are kept: the smallest first, so that as many as possible are. */
export function chooseIgnored(
  ignored: readonly SizedPath[],
  limits: SalvageLimits,
): { readonly kept: readonly string[]; readonly notSaved: readonly NotSaved[] } {
  const kept: string[] = [];
  const notSaved: NotSaved[] = [];
  let totalBytes = 0;
  for (const { path, sizeBytes } of [...ignored].sort((a, b) => a.sizeBytes - b.sizeBytes)) {
    totalBytes += sizeBytes;
    if (sizeBytes > limits.ignoredFileBytes) {
      notSaved.push(
        overLimit(
          path,
          'over_file_limit',
          `an ignored file of ${sizeBytes} bytes; the limit is ${limits.ignoredFileBytes}`,
        ),
      );
    } else if (totalBytes > limits.ignoredTotalBytes) {
      notSaved.push(
        overLimit(path, 'over_total_limit', `ignored files are more than ${limits.ignoredTotalBytes} bytes together`),
      );
    } else {
      kept.push(path);
    }
  }
  return { kept, notSaved };
}

const overLimit = (path: string, code: 'over_file_limit' | 'over_total_limit', reason: string): NotSaved => ({
  path: textOfPath(path),
  code,
  reason,
  keepsWorktree: true,
});
