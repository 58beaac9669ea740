import { z } from 'zod';

import { ProjectId, RunId } from '../ids.ts';
import { wireIdOrNull, wireObject, wireText } from './decode.ts';

/** Body of `POST /api/v1/runs`. Inherited clients send every key, empty when it was not given. */
export const StartRunRequest = wireObject({
  id: wireIdOrNull(RunId),
  project_id: wireIdOrNull(ProjectId),
  conversation_id: wireText,
  planner_id: wireText,
  executor_id: wireText,
  close_when_idle: z.boolean().default(false),
})
  .transform((wire) => ({
    ...(wire.id === null ? {} : { id: wire.id }),
    ...(wire.project_id === null ? {} : { projectId: wire.project_id }),
    conversationId: wire.conversation_id,
    plannerId: wire.planner_id,
    executorId: wire.executor_id,
    closeWhenIdle: wire.close_when_idle,
  }))
  .meta({ id: 'StartRunRequest' });
export type StartRunRequest = z.infer<typeof StartRunRequest>;
