import type { ClientArtifact } from '../../../contract/client/client-artifact.ts';
import type { ClientValidation } from '../../../contract/client/client-validation.ts';

/** Daemons of the first wire version say only whether it passed. */
export const checkState = ({ state, hasPassed }: ClientValidation): string =>
  state === '' ? (hasPassed ? 'passed' : 'failed') : state;

export interface CheckOutput {
  readonly name: 'Output' | 'Errors';
  readonly artifact: ClientArtifact;
}

/** What a check printed, as far as it is kept; a stream in which nothing was written is left out. */
export function outputsOf(
  { stdoutPath, stderrPath }: Pick<ClientValidation, 'stdoutPath' | 'stderrPath'>,
  artifacts: readonly ClientArtifact[],
): readonly CheckOutput[] {
  const streams = [
    { name: 'Output', path: stdoutPath },
    { name: 'Errors', path: stderrPath },
  ] as const;
  return streams.flatMap(({ name, path }) => {
    const artifact = artifacts.find((one) => path !== '' && one.path === path && one.sizeBytes > 0);
    return artifact === undefined ? [] : [{ name, artifact }];
  });
}

/** `3 of 4 passed; 1 that is not required failed.` */
export function checksSentence(checks: readonly ClientValidation[]): string {
  const passed = checks.filter((check) => checkState(check) === 'passed').length;
  const missed = checks.filter((check) => ['failed', 'errored'].includes(checkState(check)));
  const optional = missed.filter(({ isRequired }) => !isRequired).length;
  const rest =
    optional === 0 ? '' : ` ${optional} of those that did not pass ${optional === 1 ? 'is' : 'are'} not required.`;
  return `${passed} of ${checks.length} passed.${rest}`;
}
