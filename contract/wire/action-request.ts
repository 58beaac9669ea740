import { PermissionScope } from '../permission.ts';
import { wireObject, wireReason, wireText } from './decode.ts';

/** Body of `PATCH /api/v1/runs/{id}`. Words that mean nothing are the route's to refuse, in its inherited words. */
export const RunActionRequest = wireObject({
  action: wireText.meta({ examples: ['abort', 'complete'] }),
  reason: wireReason,
}).meta({ id: 'RunActionRequest' });

/** Body of `POST /api/v1/gates/{id}`. An empty digest names none. */
export const GateActionRequest = wireObject({
  action: wireText.meta({ examples: ['approve', 'reject'] }),
  reason: wireReason,
  digest: wireText.meta({ description: 'The subject digest of the gate that was looked at: another one refuses.' }),
  scope: PermissionScope.optional().meta({
    description:
      'How far an approved permission reaches: this one request, or every request of the same tool until the attempt ends.',
  }),
}).meta({ id: 'GateActionRequest' });
