import type { ClientResult } from '../../contract/client/client-result.ts';
import { printable } from './terminal.ts';

/** What the state of a step means for the person in front of it, with the commands that go on from there. */
export function stepHints(programName: string, stepId: string, result: ClientResult): string {
  const command = (words: string): string => `  ${programName} ${words}`;
  const reason = result.statusReason || result.summary;
  const because = reason === '' ? [] : [`  Reason:     ${printable(reason)}`];
  switch (result.state) {
    case 'completed':
    case 'completed_with_warnings':
      return paragraph([
        `[DONE] Terminal outcome: ${result.state}`,
        `Summary:   ${printable(result.summary)}`,
        ...result.warnings.map((warning) => `Warning:   ${printable(warning)}`),
        '',
        '[GUIDE] The human-readable summary (the authoritative truth):',
        command(`step result ${stepId}`),
        '[GUIDE] Artifacts, validations and the diff:',
        command(`step artifacts ${stepId}`),
        command(`step validations ${stepId}`),
        command(`step diff ${stepId}`),
      ]);
    case 'needs_approval':
      return paragraph([
        '[APPROVAL REQUIRED] The step stands at a gate and goes on when somebody decides.',
        ...because,
        ...gateIds(stepId, result).flatMap((gateId) => [
          command(`gate show ${gateId}`),
          command(`gate approve ${gateId}`),
          command(`gate reject ${gateId} --reason <text>`),
        ]),
      ]);
    case 'needs_manual_attention':
      return paragraph([
        '[ATTENTION REQUIRED] What really happened could not be established; somebody has to look.',
        ...because,
        command(`step open ${stepId}`),
        command(`step retry ${stepId}`),
        command(`step resolve ${stepId} --as <state> --reason <text>`),
      ]);
    case 'timeout':
      return paragraph([
        '[AUDIT REQUIRED] The time limit was used up and the process was ended.',
        ...because,
        command(`step logs ${stepId}`),
        '  Then look for a loop, or raise timeout_seconds of the task.',
      ]);
    case 'failed_retryable':
      return paragraph([
        '[RECOVERY OPPORTUNITY] A passing failure: trying again is safe.',
        ...because,
        command(`step retry ${stepId}`),
      ]);
    case 'cancelled':
      return paragraph([
        '[CANCELLED] Somebody ended the step; what it had made is kept.',
        ...because,
        command(`step open ${stepId}`),
      ]);
    case 'failed_validation':
      return paragraph([
        '[FAILED] A required validation did not pass.',
        ...because,
        command(`step validations ${stepId}`),
        command(`step diff ${stepId}`),
      ]);
    default:
      return paragraph([
        `[FAILED] The step ended as ${result.state}.`,
        ...because,
        command(`step result ${stepId}`),
        command(`step logs ${stepId}`),
      ]);
  }
}

/** Without gates in the result, the name that the daemon takes for the one pending gate of a step. */
const gateIds = (stepId: string, { gates }: ClientResult): readonly string[] =>
  gates.length > 0 ? gates : [`gate-${stepId}`];

const paragraph = (lines: readonly string[]): string => `${lines.join('\n')}\n`;
