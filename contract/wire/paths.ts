import { z } from 'zod';

import { ArtifactId, AttemptId, PhaseId, RunId, StepId, TokenId, TraceId } from '../ids.ts';
import { GateName } from './gate-name.ts';

/** What stands in the place of `{id}` in a path. */
export const RunPath = z.object({ id: RunId });
export const StepPath = z.object({ id: StepId });
export const AttemptPath = z.object({ id: AttemptId });
export const ArtifactPath = z.object({ id: ArtifactId });
export const GatePath = z.object({ id: GateName });
export const PhasePath = z.object({ id: RunId, phaseId: PhaseId });
export const TracePath = z.object({ id: TraceId });
export const TokenPath = z.object({ id: TokenId });
