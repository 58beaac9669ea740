import { coldLoad } from './rows/cold-load.ts';
import { eventFlood } from './rows/event-flood.ts';
import { firstLoadSize } from './rows/first-load-size.ts';
import { idle } from './rows/idle.ts';
import { manyRuns } from './rows/many-runs.ts';
import type { UiRow } from './ui-row.ts';

/** A new number is a file in rows/ and a name here. */
export const UI_ROWS: readonly UiRow[] = [coldLoad, firstLoadSize, manyRuns, eventFlood, idle];
