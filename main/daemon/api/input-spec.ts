import type { z } from 'zod';

import type { BodySpec } from './body-spec.ts';

/** What an operation reads of a request. */
export interface InputSpec {
  /** Of the parameters in the path. */
  readonly path?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: BodySpec<unknown>;
}
