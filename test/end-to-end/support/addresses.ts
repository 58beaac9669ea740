import { SCREENS } from '../../../renderer/app/screens.ts';
import { STEP_TABS } from '../../../renderer/screens/step/step-tabs.ts';
import type { Furniture } from './furnish.ts';

/** A place to look at: a screen, of something or of everything. */
export interface Place {
  /** Short, for names of files and tests. */
  readonly name: string;
  readonly address: string;
  /** There is one without any run, too. */
  readonly isGeneral: boolean;
  /** Pressed there: what they bring is looked at. */
  readonly keys?: string;
}

/** Every screen that is registered, each tab of a step on its own: a new one is among them by itself. */
export const placesOf = (furniture: Furniture): readonly Place[] =>
  SCREENS.flatMap(({ path }) => {
    const values = valuesOf(furniture);
    if (path.includes(':tab'))
      return STEP_TABS.map((tab) => placeOf(path, { ...values, tab: tab.path, ...stepOf(tab.path, furniture) }));
    if (!path.includes('?')) return [placeOf(path, values)];
    return [placeOf(path, {}), placeOf(path, values)];
  });

/** Some tabs have something to show only of a step that an agent works on. */
const stepOf = (tab: string, { step, agentStep }: Furniture) => ({
  step: ['activity', 'gates'].includes(tab) ? agentStep : step,
});

const valuesOf = ({ run, step, gate }: Furniture): Readonly<Record<string, string>> => ({
  run,
  step,
  gate,
  name: 'helper',
  page: 'first-result',
});

function placeOf(path: string, values: Readonly<Record<string, string>>): Place {
  const parts = path.split('/').filter((part) => part !== '' && part !== '*');
  const filled = parts.flatMap((part) => (part.startsWith(':') ? (values[part.replace(/[:?]/g, '')] ?? []) : [part]));
  const address = `/${filled.filter((part) => part !== '').join('/')}`;
  const isGeneral = !parts.some((part) => part.startsWith(':') && !part.endsWith('?'));
  return { name: nameOf(parts, values), address, isGeneral: isGeneral && filled.length < 2 };
}

/** `overview`, `runs`, `run`, `inbox-gate`, `step-log`. */
function nameOf(parts: readonly string[], values: Readonly<Record<string, string>>): string {
  if (parts.length === 0) return 'overview';
  const [first = '', parameter = '', last = ''] = parts;
  if (parameter === '') return first;
  const isOfOne = values[parameter.replace(/[:?]/g, '')] !== undefined;
  const base = parameter.endsWith('?') ? (isOfOne ? `${first}-one` : first) : first.replace(/s$/, '');
  const tab = last.startsWith(':tab') ? (values['tab'] ?? '') : last.replace(/[^\w]/g, '');
  return tab === '' ? base : `${base}-${tab}`;
}
