import type { JsonObject } from '../../../contract/client/json-value.ts';
import { linesOf, type TaskForm } from './task-form.ts';

/** The same submission as a command, to be pasted into a shell as it is. */
export interface CliCommand {
  readonly sh: string;
  readonly powershell: string;
}

/** By flags where they say it all; else the whole task on standard input. */
export function cliCommand(
  runId: string,
  { task, form }: { readonly task: JsonObject; readonly form: TaskForm | null },
): CliCommand {
  const json = asciiJson(task);
  return {
    sh:
      form !== null && fitsFlags(form)
        ? ['codencer', 'submit', ...[runId, ...flagsOf(form)].map(quoteSh)].join(' ')
        : `printf %s ${quoteSh(json)} | codencer submit ${quoteSh(runId)} --task-json -`,
    // Its older versions break quotation marks in arguments; what is piped comes through as it is.
    powershell: `${quotePowerShell(json)} | codencer submit ${quotePowerShell(runId)} --task-json -`,
  };
}

/** Flags have no word for the rest, and a terminal might act on a control character that is pasted into it. */
function fitsFlags(form: TaskForm): boolean {
  const { constraints, base, validations } = form;
  if (linesOf(constraints).length > 0 || base.trim() !== '') return false;
  if (validations.some(({ name, isRequired }) => name.trim() !== '' || !isRequired)) return false;
  return ![form.goal, form.title, form.context, form.acceptance].some((text) => /(?![\n\t])\p{Cc}/u.test(text));
}

const flag = (name: string, value: string): readonly string[] => (value.trim() === '' ? [] : [`--${name}=${value}`]);

function flagsOf(form: TaskForm): readonly string[] {
  return [
    ...flag('goal', form.goal),
    ...flag('title', form.title.trim()),
    ...flag('context', form.context),
    ...flag('adapter', form.executor),
    ...flag('timeout', form.timeout.trim()),
    ...flag('policy', form.policy.trim()),
    ...linesOf(form.acceptance).flatMap((line) => flag('acceptance', line)),
    ...form.validations.flatMap(({ command }) => flag('validation', command)),
  ];
}

/** For POSIX shells. Nothing within single quotes means anything to them but the quote itself. */
export const quoteSh = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** For PowerShell, to which the typographic quotes end a text as well. */
export const quotePowerShell = (text: string): string => `'${text.replaceAll(/['‘’‚‛]/g, '$&$&')}'`;

/** What is not ASCII is escaped: pipes of some shells would change it. */
const asciiJson = (task: JsonObject): string =>
  JSON.stringify(task).replaceAll(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
