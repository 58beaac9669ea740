import { ok, type Result } from '../../../../contract/result.ts';
import { type BytePath, toBytePath } from './byte-path.ts';
import type { CleanRoom } from './clean-room.ts';
import type { GitFailure } from './git-failure.ts';

/** Which of these paths the repository's rules ignore. The paths must not be in the room's index. */
export async function findIgnored(
  room: CleanRoom,
  paths: readonly BytePath[],
): Promise<Result<ReadonlySet<BytePath>, GitFailure>> {
  if (paths.length === 0) return ok(new Set());
  const checked = await room.run({
    args: ['check-ignore', '-z', '--stdin'],
    // Without `./` a name such as `:(top)` would be taken for magic, and check-ignore knows no literal paths.
    input: zeroTerminated(paths.map((path) => `./${path}`)),
    okExitCodes: [0, 1],
  });
  return checked.ok ? ok(new Set(splitZero(checked.value.stdout).map((path) => path.slice(2)))) : checked;
}

export const zeroTerminated = (items: readonly string[]): Buffer =>
  Buffer.from(items.map((item) => `${item}\0`).join(''), 'latin1');

/** The parts of an output of `-z`, as bytes. */
export const splitZero = (bytes: Buffer): readonly string[] => toBytePath(bytes).split('\0').slice(0, -1);
