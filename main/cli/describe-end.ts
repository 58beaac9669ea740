import type { ClientResult } from '../../contract/client/client-result.ts';
import { describeValidations } from './describe-validations.ts';
import { paint, stepTone } from './state-tone.ts';
import { nextCommands, stateMeaning } from './step-hints.ts';
import { indented, oneLine, type Screen } from './terminal.ts';

interface End {
  readonly stepId: string;
  readonly result: ClientResult;
  readonly screen: Screen;
}

/** What who waited for a step wants to know: how it ended and why, what changed, where that is, and how to go on. */
export function describeEnd(programName: string, { stepId, result, screen }: End): string {
  const { state, statusReason, summary, warnings, questions, validations, isSimulation } = result;
  const reason = statusReason || summary;
  const meaning = stateMeaning(result);
  const lines = [
    `Step ${stepId}: ${paint(screen, stepTone(state), state)}${isSimulation ? ' (simulated)' : ''}`,
    ...(meaning === '' ? [] : [meaning]),
    ...(reason === '' ? [] : [`Reason:   ${indented(reason, 10)}`]),
    ...warnings.map((warning) => `Warning:  ${indented(warning, 10)}`),
    ...questions.map((question) => `Asked:    ${indented(question, 10)}`),
    ...(validations.length === 0 ? [] : ['Checks:', ...describeValidations(validations)]),
    `Changed:  ${changedText(result)}`,
    ...placesOf(result).map((place) => `Kept in:  ${oneLine(place)}`),
    '',
    ...nextCommands(stepId, result).map((words) => `  ${programName} ${words}`),
  ];
  return `${lines.join('\n')}\n`;
}

const MAX_NAMED = 6;

function changedText({ filesChanged }: ClientResult): string {
  if (filesChanged.length === 0) return 'nothing';
  const named = filesChanged.slice(0, MAX_NAMED).map(oneLine).join(', ');
  const rest = filesChanged.length - MAX_NAMED;
  return `${filesChanged.length} ${filesChanged.length === 1 ? 'file' : 'files'}: ${named}${rest > 0 ? ` and ${rest} more` : ''}`;
}

const placesOf = ({ salvage }: ClientResult): readonly string[] =>
  salvage === null
    ? []
    : [
        ...salvage.refs.map(({ name, commit }) => `${name} (${commit.slice(0, 12)})`),
        ...salvage.bundles.map(({ path, artifact }) => `${artifact} (what was committed in ${path})`),
        ...(salvage.keptWorktree === null ? [] : [salvage.keptWorktree]),
      ];
