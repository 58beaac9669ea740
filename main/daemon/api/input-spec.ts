import type { z } from 'zod';

import type { BodySpec } from './body-spec.ts';

/** What an operation reads of a request. */
export interface InputSpec {
  /** Of the parameters in the path. */
  readonly path?: z.ZodType;
  readonly query?: z.ZodType;
  /** Names in the query that may be there several times; of any other the first counts. */
  readonly several?: readonly string[];
  readonly body?: BodySpec<unknown>;
}
