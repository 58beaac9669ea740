import { allowanceReach } from '../../../contract/allowance-reach.ts';
import type { PermissionRequest } from '../../../contract/permission.ts';
import type { PlacedRequest } from './permission-rules.ts';

/**
 * Two requests with the same text are covered by the same allowance for an attempt. Files are known by where they really
 * are: one that has become a link to another place is another file.
 */
export function reachText(request: PermissionRequest, placed: Pick<PlacedRequest, 'paths'>): string {
  const { tool, toolKind, command, cwd, diff, input } = request;
  const reach = allowanceReach(request);
  const common = [reach, tool, toolKind, placed.paths.map(({ names }) => names)];
  return JSON.stringify(reach === 'files' ? common : [...common, command, cwd, diff, withoutWords(input)]);
}

/** Of what a tool was given, an agent words the description anew each time, and nothing is done with it. */
function withoutWords(input: string): string {
  try {
    const given: unknown = JSON.parse(input);
    if (typeof given !== 'object' || given === null || Array.isArray(given)) return input;
    return JSON.stringify(Object.entries(given).filter(([key]) => key !== 'description'));
  } catch {
    return input; // no JSON: compared as it is
  }
}
